import { call } from '../api.js';
import { formDialog, shownOnce } from '../dialog.js';
import { webAddress } from '../form.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, copyable, empty, head, linkButton, make, notice, titled } from '../parts.js';
import { table } from '../table.js';

/** @typedef {{bizName: string, name: string, appId: string, workspaceId: string, autoRecord: boolean, callbackUrl: string, guestsAllowed: boolean, createdAtMs: number}} Application */

/** All call applications that the user may see. @returns {Promise<Application[]>} */
export const applications = () => call('GET', '/applications');

/** @param {string} bizName */
export const addressOf = (bizName) => `#/applications/${encodeURIComponent(bizName)}`;

export async function applicationsPage() {
  const all = (await applications()).sort((a, b) => b.createdAtMs - a.createdAtMs);
  const list = table(
    [
      { name: t('application'), main: true, cell: (/** @type {Application} */ a) => titled(a.name, a.bizName, addressOf(a.bizName)) },
      { name: t('autoRecord'), cell: (a) => (a.autoRecord ? badge(t('on'), 'good') : badge(t('off'))) },
      { name: t('callback'), cell: (a) => (a.callbackUrl ? badge(t('isSet'), 'good') : badge(t('none'))) },
      { name: t('guests'), cell: (a) => (a.guestsAllowed ? badge(t('letIn'), 'accent') : badge(t('no'))) },
      { name: t('created'), cell: (a) => when(a.createdAtMs) },
      {
        name: t('actions'),
        end: true,
        cell: (a) =>
          make(
            'div',
            { class: 'actions' },
            linkButton(t('keys'), `${addressOf(a.bizName)}/keys`, { size: 'small', icon: 'key' }),
            linkButton(t('functionConfig'), addressOf(a.bizName), { size: 'small' }),
          ),
      },
    ],
    (a) => a.bizName,
    t('applications'),
  );
  list.show(all);
  const create = () => button(t('newApplication'), newApplication, { kind: 'primary', icon: 'plus' });
  return [
    head(t('applications'), { lead: t('applicationsLead'), actions: [create()] }),
    all.length ? make('div', { class: 'card' }, list.element) : make('div', { class: 'card' }, empty('application', t('noApplications'), t('noApplicationsText'), create())),
  ];
}

function newApplication() {
  formDialog(
    t('newApplication'),
    t('newApplicationLead'),
    [
      { name: 'name', label: t('name'), required: true, max: 64 },
      { name: 'callbackUrl', label: t('callbackUrl'), type: 'url', max: 2048, test: webAddress, hint: t('callbackUrlHint') },
      { name: 'guestsAllowed', label: t('guestsAllowed'), type: 'check', hint: t('guestsAllowedHint') },
    ],
    t('create'),
    async (values) => {
      const made = await call('POST', '/applications', values);
      const bizName = made.application.bizName;
      shownOnce(
        t('applicationMade', { name: made.application.name }),
        '',
        [
          notice('warn', t('keyOnce')),
          copyable('bizName', bizName, 'made-biz'),
          copyable(t('privateKey'), made.privateKey, 'made-key'),
          make('p', { class: 'dim small' }, t('privateKeyForm')),
        ],
        () => (location.hash = addressOf(bizName)),
      );
    },
  );
}
