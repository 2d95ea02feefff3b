import { call, may, me, part } from '../api.js';
import { confirm, formDialog } from '../dialog.js';
import { level, when } from '../format.js';
import { t } from '../i18n.js';
import { pager } from '../pager.js';
import { badge, button, empty, head, make, person, toast } from '../parts.js';
import { table } from '../table.js';

/** @typedef {import('../api.js').User} User */

const PAGE = 20;
/** Of a company; the operator's own may also be 1. */
const LEVELS = [2, 4, 5];

/** Users of a company. @param {string[]} rest the company; absent = the own */
export async function usersPage([of]) {
  const company = of || me().company;
  const path = `/companies/${part(company)}/users`;
  let page = 0;
  let round = 0;
  const text = make('input', { id: 'user-text', type: 'search', maxlength: '64', autocomplete: 'off' });
  const which = make('select', { id: 'user-level' }, make('option', { value: '0' }, t('all')));
  for (const n of [1, ...LEVELS]) which.append(make('option', { value: String(n) }, level(n)));
  const none = empty('user', t('noUsers'), t('noUsersText'));
  const pages = pager((to) => {
    page = to;
    void refresh();
  });
  const list = table(
    [
      { name: t('user'), main: true, cell: (/** @type {User} */ u) => person(u.name, u.account) },
      { name: t('level'), cell: (u) => badge(level(u.level), u.level <= 2 ? 'accent' : '') },
      { name: t('state'), cell: (u) => (u.enabled ? badge(t('enabled'), 'good') : badge(t('disabled'), 'bad')) },
      { name: t('email'), cell: (u) => u.email || '–' },
      { name: t('created'), cell: (u) => when(u.createdAtMs) },
      { name: t('actions'), end: true, cell: (u) => (may('CREATE_USER') && u.id !== me().id ? acts(u) : null) },
    ],
    (u) => String(u.id),
    t('users'),
  );

  async function refresh() {
    const mine = ++round; // an answer that a later question has overtaken is not shown
    const query = new URLSearchParams({ text: text.value.trim(), level: which.value, page: String(page), pageSize: String(PAGE) });
    /** @type {{users: User[], totalCount: number, totalPage: number}} */
    const found = await call('GET', `${path}?${query}`);
    if (mine !== round) return;
    list.show(found.users);
    list.element.hidden = found.users.length === 0;
    none.hidden = found.users.length > 0;
    pages.show(page, found.totalPage, found.totalCount);
  }

  /** @param {User} u */
  function acts(u) {
    return make(
      'div',
      { class: 'actions' },
      button(t('edit'), () => edit(u), { size: 'small', label: `${t('edit')}: ${u.account}` }),
      button(t('resetPassword'), () => reset(u), { size: 'small', label: `${t('resetPassword')}: ${u.account}` }),
      button(t('delete'), () => remove(u), { size: 'small', kind: 'danger', label: `${t('delete')}: ${u.account}` }),
    );
  }

  /** @param {User} [u] @returns {import('../form.js').Field[]} */
  function fields(u) {
    return [
      { name: 'name', label: t('name'), required: true, max: 64, value: u?.name },
      { name: 'level', label: t('level'), type: 'select', value: String(u?.level ?? 4), options: levels().map((n) => [String(n), level(n)]) },
      { name: 'email', label: t('email'), type: 'text', max: 254, value: u?.email, test: (v) => (/^[^\s@]+@[^\s@]+$/.test(v) ? '' : t('noEmail')) },
      { name: 'phone', label: t('phone'), type: 'text', max: 32, value: u?.phone, test: (v) => (/^[0-9 +()-]*$/.test(v) ? '' : t('noPhone')) },
      { name: 'job', label: t('job'), max: 64, value: u?.job },
    ];
  }

  function levels() {
    return company === 'operator' && me().level === 1 ? [1, ...LEVELS] : LEVELS;
  }

  function add() {
    formDialog(
      t('newUser'),
      '',
      [
        { name: 'account', label: t('accountName'), required: true, max: 64, hint: t('accountHint'), test: (v) => (/^[\p{L}\p{M}\p{N}._@+-]+$/u.test(v) ? '' : t('accountHint')) },
        ...fields(),
        { name: 'password', label: t('password'), type: 'password', required: true, max: 256, autocomplete: 'new-password', hint: t('passwordHint') },
      ],
      t('create'),
      async (values) => {
        await call('POST', path, { ...values, level: Number(values.level) });
        toast(t('userMade', { account: values.account }));
        await refresh();
      },
    );
  }

  /** @param {User} u */
  function edit(u) {
    formDialog(
      t('editUser', { account: u.account }),
      t('editUserLead'),
      [...fields(u), { name: 'enabled', label: t('enabled'), type: 'check', value: u.enabled, hint: t('enabledHint') }],
      t('save'),
      async (values) => {
        const changed = Number(values.level) !== u.level ? { level: Number(values.level) } : {};
        const turned = values.enabled !== u.enabled ? { enabled: values.enabled } : {};
        await call('PATCH', `${path}/${u.id}`, { name: values.name, email: values.email, phone: values.phone, job: values.job, ...changed, ...turned });
        toast(t('saved'));
        await refresh();
      },
    );
  }

  /** @param {User} u */
  function reset(u) {
    formDialog(
      t('resetPassword'),
      t('resetPasswordLead', { account: u.account }),
      [{ name: 'password', label: t('newPassword'), type: 'password', required: true, max: 256, autocomplete: 'new-password', hint: t('passwordHint') }],
      t('resetPassword'),
      async (values) => {
        await call('POST', `${path}/${u.id}:resetPassword`, values);
        toast(t('passwordReset', { account: u.account }));
      },
    );
  }

  /** @param {User} u */
  function remove(u) {
    confirm(t('delete'), t('deleteUserText', { account: u.account }), t('delete'), async () => {
      await call('DELETE', `${path}/${u.id}`);
      await refresh();
    });
  }

  text.oninput = which.onchange = () => {
    page = 0;
    void refresh();
  };
  await refresh();
  return [
    head(t('users'), {
      lead: t('usersLead', { company }),
      back: of && may('LIST_COMPANIES') ? { href: '#/companies', text: t('companies') } : undefined,
      actions: may('CREATE_USER') ? [button(t('newUser'), add, { kind: 'primary', icon: 'plus', id: 'new-user' })] : [],
    }),
    make(
      'div',
      { class: 'stack' },
      make(
        'div',
        { class: 'filters', role: 'search' },
        make('div', { class: 'field' }, make('label', { class: 'field-name', for: 'user-text' }, t('search')), text),
        make('div', { class: 'field' }, make('label', { class: 'field-name', for: 'user-level' }, t('level')), which),
      ),
      make('div', { class: 'card' }, list.element, none, pages.element),
    ),
  ];
}
