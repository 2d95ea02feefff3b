import { call, may, part } from '../api.js';
import { confirm, formDialog } from '../dialog.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, head, linkButton, make, titled, toast } from '../parts.js';
import { pager } from '../pager.js';
import { table } from '../table.js';

/** @typedef {{id: string, number: number, name: string, email: string, phone: string, enabled: boolean, createdAtMs: number}} Company */

const PAGE = 20;
/** Cannot be disabled or deleted. */
const OPERATOR = 'operator';

/** Companies of the installation; for the operator. */
export async function companiesPage() {
  let page = 0;
  const pages = pager((to) => {
    page = to;
    void refresh();
  });
  const list = table(
    [
      { name: t('company'), main: true, cell: (/** @type {Company} */ c) => titled(c.name, c.id, `#/users/${part(c.id)}`) },
      { name: t('state'), cell: (c) => (c.enabled ? badge(t('enabled'), 'good') : badge(t('disabled'), 'bad')) },
      { name: t('number'), cell: (c) => make('span', { class: 'number' }, String(c.number)) },
      { name: t('created'), cell: (c) => when(c.createdAtMs) },
      {
        name: t('actions'),
        end: true,
        cell: (c) =>
          make(
            'div',
            { class: 'actions' },
            linkButton(t('users'), `#/users/${part(c.id)}`, { size: 'small', icon: 'user' }),
            button(t('edit'), () => edit(c), { size: 'small', label: `${t('edit')}: ${c.id}` }),
            c.id === OPERATOR ? null : button(t('delete'), () => remove(c), { size: 'small', kind: 'danger', label: `${t('delete')}: ${c.id}` }),
          ),
      },
    ],
    (c) => c.id,
    t('companies'),
  );

  async function refresh() {
    /** @type {Company[]} */
    const found = await call('GET', `/companies?page=${page}&pageSize=${PAGE}`);
    list.show(found);
    const more = found.length === PAGE;
    pages.show(page, page + (more ? 2 : 1), page * PAGE + found.length);
  }

  function add() {
    formDialog(
      t('newCompany'),
      t('newCompanyLead'),
      [
        { name: 'id', label: t('companyId'), required: true, max: 64, hint: t('companyIdHint'), test: (v) => (/^[\p{L}\p{M}\p{N}._+-]+$/u.test(v) ? '' : t('companyIdHint')) },
        { name: 'name', label: t('name'), max: 64 },
      ],
      t('create'),
      async (values) => {
        await call('POST', '/companies', { id: values.id, name: values.name || undefined });
        toast(t('companyMade', { name: values.name || values.id }));
        await refresh();
      },
    );
  }

  /** @param {Company} c */
  function edit(c) {
    formDialog(
      t('editCompany', { id: c.id }),
      '',
      [
        { name: 'name', label: t('name'), required: true, max: 64, value: c.name },
        { name: 'email', label: t('email'), max: 254, value: c.email, test: (v) => (/^[^\s@]+@[^\s@]+$/.test(v) ? '' : t('noEmail')) },
        { name: 'phone', label: t('phone'), max: 32, value: c.phone, test: (v) => (/^[0-9 +()-]*$/.test(v) ? '' : t('noPhone')) },
        ...(c.id === OPERATOR
          ? []
          : [/** @type {import('../form.js').Field} */ ({ name: 'enabled', label: t('enabled'), type: 'check', value: c.enabled, hint: t('companyEnabledHint') })]),
      ],
      t('save'),
      async (values) => {
        await call('PATCH', `/companies/${part(c.id)}`, values);
        toast(t('saved'));
        await refresh();
      },
    );
  }

  /** @param {Company} c */
  function remove(c) {
    confirm(t('delete'), t('deleteCompanyText', { name: c.name }), t('delete'), async () => {
      await call('DELETE', `/companies/${part(c.id)}`);
      await refresh();
    });
  }

  await refresh();
  return [
    head(t('companies'), {
      lead: t('companiesLead'),
      actions: may('CREATE_COMPANY') ? [button(t('newCompany'), add, { kind: 'primary', icon: 'plus', id: 'new-company' })] : [],
    }),
    make('div', { class: 'card' }, list.element, pages.element),
  ];
}
