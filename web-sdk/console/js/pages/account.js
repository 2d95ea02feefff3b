import { call, may, me, part } from '../api.js';
import { form } from '../form.js';
import { level, when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, card, facts, head, make, toast } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{id: string, kind: string, address: string, agent: string, createdAtMs: number, lastUsedAtMs: number, current: boolean}} SignedInHere */

/** One's own account: password and sessions. */
export async function accountPage() {
  const user = me();
  const list = table(
    [
      {
        name: t('session'),
        main: true,
        cell: (/** @type {SignedInHere} */ s) =>
          make('div', {}, make('span', { class: 'cell-main' }, device(s.agent), ' ', s.current ? badge(t('thisOne'), 'accent') : null), make('span', { class: 'cell-note' }, s.address)),
      },
      { name: t('created'), cell: (s) => when(s.createdAtMs) },
      { name: t('lastUsed'), cell: (s) => when(s.lastUsedAtMs) },
      {
        name: t('actions'),
        end: true,
        cell: (s) =>
          s.current
            ? null
            : make('div', { class: 'actions' }, button(t('endSession'), () => end(s.id), { size: 'small', kind: 'danger' })),
      },
    ],
    (s) => s.id,
    t('sessions'),
  );
  const refresh = async () => list.show(await call('GET', '/sessions'));
  /** @param {string} id */
  async function end(id) {
    await call('DELETE', `/sessions/${part(id)}`);
    await refresh();
  }
  if (may('LIST_SESSIONS')) await refresh();
  return [
    head(t('account'), { lead: t('accountLead') }),
    make(
      'div',
      { class: 'stack' },
      make(
        'div',
        { class: 'columns' },
        card(
          user.name,
          {},
          facts([
            [t('accountName'), user.account],
            [t('company'), user.company],
            [t('level'), level(user.level)],
            [t('created'), when(user.createdAtMs)],
          ]),
        ),
        card(t('changePassword'), { lead: t('changePasswordLead') }, password(refresh)),
      ),
      card(t('sessions'), { bare: true, lead: t('sessionsLead') }, list.element),
    ),
  ];
}

/** @param {() => Promise<void>} changed */
function password(changed) {
  const element = form(
    [
      { name: 'oldPassword', label: t('oldPassword'), type: 'password', required: true, max: 256, autocomplete: 'current-password' },
      { name: 'password', label: t('newPassword'), type: 'password', required: true, max: 256, autocomplete: 'new-password', hint: t('passwordHint') },
    ],
    {
      id: 'password',
      submit: t('changePassword'),
      onSubmit: async (values) => {
        await call('POST', '/me:changePassword', values);
        element.reset();
        toast(t('passwordChanged'));
        await changed();
      },
    },
  );
  return element;
}

/** Browser and system, as far as a User-Agent tells them. @param {string} agent */
function device(agent) {
  const browser = /(Firefox|Edg|Chrome|Safari)\/(\d+)/.exec(agent.replace(/HeadlessChrome/, 'Chrome'));
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent);
  const name = browser ? `${browser[1] === 'Edg' ? 'Edge' : browser[1]} ${browser[2]}` : agent.slice(0, 40) || '–';
  return system ? `${name} · ${system[1].replace(' OS X', '')}` : name;
}
