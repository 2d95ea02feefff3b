import { call, may, part } from '../api.js';
import { confirm, formDialog, shownOnce } from '../dialog.js';
import { webAddress } from '../form.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, card, copyable, empty, make, notice, titled } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{appId: string, name: string, authUrl: string, createdAtMs: number, expiresAtMs: number, secret: string}} Credential */

/** The API credentials of an application (appId and secret). @param {string} path of the application */
export async function credentialsCard(path) {
  const none = empty('lock', t('noCredentials'), t('noCredentialsText'));
  const list = table(
    [
      { name: t('credential'), main: true, cell: (/** @type {Credential} */ c) => titled(c.name, c.appId) },
      { name: t('thirdParty'), cell: (c) => (c.authUrl ? badge(t('on'), 'good') : badge(t('off'))) },
      { name: t('created'), cell: (c) => when(c.createdAtMs) },
      {
        name: t('actions'),
        end: true,
        cell: (c) =>
          may('CHANGE_CREDENTIALS')
            ? make(
                'div',
                { class: 'actions' },
                button(t('thirdParty'), () => thirdParty(c), { size: 'small' }),
                button(t('newSecret'), () => changeSecret(c), { size: 'small', icon: 'repeat' }),
                button(t('delete'), () => remove(c), { size: 'small', kind: 'danger' }),
              )
            : null,
      },
    ],
    (c) => c.appId,
    t('credentials'),
  );
  const refresh = async () => {
    const all = await call('GET', `${path}/credentials`);
    list.show(all);
    list.element.hidden = all.length === 0;
    none.hidden = all.length > 0;
  };
  await refresh();
  return card(
    t('credentials'),
    {
      id: 'credentials',
      bare: true,
      lead: t('credentialsLead'),
      actions: may('CHANGE_CREDENTIALS') ? [button(t('newCredential'), add, { size: 'small', icon: 'plus', id: 'new-credential' })] : [],
    },
    list.element,
    none,
  );

  function add() {
    formDialog(
      t('newCredential'),
      t('newCredentialLead'),
      [
        { name: 'name', label: t('name'), required: true, max: 64 },
        { name: 'authUrl', label: t('authUrl'), type: 'url', max: 2048, test: webAddress, hint: t('authUrlHint') },
      ],
      t('create'),
      async (values) => {
        show(await call('POST', `${path}/credentials`, values));
        await refresh();
      },
    );
  }

  /** @param {Credential} c */
  function show(c) {
    shownOnce(t('credentialMade'), '', [notice('warn', t('secretOnce')), copyable('appID', c.appId, 'made-app-id'), copyable(t('secret'), c.secret, 'made-secret')]);
  }

  /** @param {Credential} c */
  function thirdParty(c) {
    formDialog(
      t('thirdParty'),
      t('thirdPartyLead'),
      [{ name: 'authUrl', label: t('authUrl'), type: 'url', value: c.authUrl, max: 2048, test: webAddress, hint: t('authUrlHint') }],
      t('save'),
      async (values) => {
        await call('PATCH', `${path}/credentials/${part(c.appId)}`, values);
        await refresh();
      },
    );
  }

  /** @param {Credential} c */
  function changeSecret(c) {
    confirm(t('newSecret'), t('newSecretText', { name: c.name }), t('newSecret'), async () => {
      show(await call('POST', `${path}/credentials/${part(c.appId)}:changeSecret`));
    });
  }

  /** @param {Credential} c */
  function remove(c) {
    confirm(t('delete'), t('deleteCredentialText', { name: c.name }), t('delete'), async () => {
      await call('DELETE', `${path}/credentials/${part(c.appId)}`);
      await refresh();
    });
  }
}
