import { call, may, part } from '../api.js';
import { confirm, formDialog, shownOnce } from '../dialog.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, card, copyable, make, notice, titled, toast } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{id: string, algorithm: string, bits: number, publicKey: string, canMakeSignatures: boolean, active: boolean, createdAtMs: number, expiresAtMs: number, privateKey: string}} Key */

const DAY_S = 86_400;

/** The keys of an application. @param {string} path of the application */
export async function keysCard(path) {
  const list = table(
    [
      {
        name: t('key'),
        main: true,
        cell: (/** @type {Key} */ k) => titled(`${k.algorithm} ${k.bits}`, k.canMakeSignatures ? t('keyHere') : t('keyElsewhere')),
      },
      { name: t('state'), cell: (k) => (k.active ? badge(t('active'), 'good') : badge(t('expired'))) },
      { name: t('created'), cell: (k) => when(k.createdAtMs) },
      { name: t('expires'), cell: (k) => (k.expiresAtMs ? when(k.expiresAtMs) : t('never')) },
      {
        name: t('actions'),
        end: true,
        cell: (k) =>
          make(
            'div',
            { class: 'actions' },
            button(t('publicKey'), () => showPublic(k), { size: 'small' }),
            may('CHANGE_APPLICATION_KEYS') ? button(t('revoke'), () => revoke(k), { size: 'small', kind: 'danger' }) : null,
          ),
      },
    ],
    (k) => k.id,
    t('keys'),
  );
  const refresh = async () => list.show(await call('GET', `${path}/keys`));
  await refresh();
  return card(
    t('keys'),
    {
      id: 'keys',
      bare: true,
      lead: t('keysLead'),
      actions: may('CHANGE_APPLICATION_KEYS')
        ? [button(t('bringKey'), bring, { size: 'small', id: 'bring-key' }), button(t('rotate'), rotate, { size: 'small', icon: 'repeat', id: 'rotate' })]
        : [],
    },
    list.element,
  );

  /** @param {Key} key */
  function showPublic(key) {
    shownOnce(t('publicKey'), '', [copyable(`${key.algorithm} ${key.bits}`, key.publicKey, 'public-key')]);
  }

  function rotate() {
    formDialog(
      t('rotate'),
      t('rotateLead'),
      [
        {
          name: 'kind',
          label: t('algorithm'),
          type: 'select',
          options: [
            ['RSA 2048', 'RSA 2048'],
            ['RSA 3072', 'RSA 3072'],
            ['RSA 4096', 'RSA 4096'],
            ['SM2', 'SM2'],
          ],
        },
        {
          name: 'others',
          label: t('otherKeys'),
          type: 'select',
          options: [
            ['', t('othersStay')],
            [String(DAY_S), t('othersDay')],
            [String(7 * DAY_S), t('othersWeek')],
            ['0', t('othersNow')],
          ],
        },
      ],
      t('makeKey'),
      async (values) => {
        const [algorithm, bits] = values.kind.split(' ');
        const made = await call('POST', `${path}/keys`, {
          algorithm,
          bits: bits ? Number(bits) : undefined,
          othersExpireInS: values.others === '' ? undefined : Number(values.others),
        });
        await refresh();
        shownOnce(t('keyMade'), '', [notice('warn', t('keyOnce')), copyable(t('privateKey'), made.privateKey, 'made-key')]);
      },
    );
  }

  function bring() {
    formDialog(
      t('bringKey'),
      t('bringKeyLead'),
      [{ name: 'publicKey', label: t('publicKey'), type: 'area', required: true, max: 2000, hint: t('publicKeyHint') }],
      t('addKey'),
      async (values) => {
        await call('POST', `${path}/keys`, { publicKey: values.publicKey.replace(/-----[^-]*-----|\s/g, '') });
        toast(t('saved'));
        await refresh();
      },
    );
  }

  /** @param {Key} key */
  function revoke(key) {
    confirm(t('revoke'), t('revokeKeyText', { key: `${key.algorithm} ${key.bits}`, made: when(key.createdAtMs) }), t('revoke'), async () => {
      await call('DELETE', `${path}/keys/${part(key.id)}`);
      await refresh();
    });
  }
}
