import { call, may, part } from '../api.js';
import { form, webAddress } from '../form.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { badge, button, card, facts, head, linkButton, make, notice, toast } from '../parts.js';
import { credentialsCard } from './credentials.js';
import { keysCard } from './keys.js';

/** @param {string} bizName */
export async function applicationPage(bizName) {
  const path = `/applications/${part(bizName)}`;
  /** @type {import('./applications.js').Application} */
  const application = await call('GET', path);
  const [keys, credentials] = await Promise.all([keysCard(path), credentialsCard(path)]);
  return [
    head(application.name, {
      back: { href: '#/applications', text: t('applications') },
      lead: t('applicationLead'),
      actions: may('MAKE_SIGNATURE') ? [linkButton(t('signatures'), `#/signatures/${part(bizName)}`, { icon: 'signature' })] : [],
    }),
    make(
      'div',
      { class: 'stack' },
      identity(application),
      make('div', { class: 'columns' }, config(application, path), callback(application, path)),
      keys,
      credentials,
    ),
  ];
}

/** @param {import('./applications.js').Application} a */
function identity(a) {
  return card(
    t('identity'),
    { lead: t('identityLead') },
    facts([
      ['bizName', make('span', { class: 'mono' }, a.bizName)],
      ['appId', make('span', { class: 'mono' }, a.appId)],
      ['workspaceId', make('span', { class: 'mono' }, a.workspaceId)],
      [t('created'), when(a.createdAtMs)],
    ]),
  );
}

/** @param {import('./applications.js').Application} a @param {string} path */
function config(a, path) {
  return card(
    t('functionConfig'),
    { lead: t('functionConfigLead') },
    form(
      [
        { name: 'autoRecord', label: t('autoRecord'), type: 'check', value: a.autoRecord, hint: t('autoRecordHint') },
        { name: 'guestsAllowed', label: t('guestsAllowed'), type: 'check', value: a.guestsAllowed, hint: t('guestsAllowedHint') },
      ],
      {
        id: 'function-config',
        submit: t('save'),
        onSubmit: async (values) => {
          await call('PATCH', path, values);
          toast(t('saved'));
        },
      },
    ),
  );
}

/** @param {import('./applications.js').Application} a @param {string} path */
function callback(a, path) {
  const result = make('div', { id: 'callback-result', role: 'status' });
  return card(
    t('callback'),
    {
      lead: t('callbackLead'),
      actions: [
        button(
          t('testCallback'),
          async () => {
            result.replaceChildren(make('p', { class: 'dim' }, t('asking')));
            try {
              const d = await call('POST', `${path}:testCallback`);
              result.replaceChildren(
                notice(
                  d.delivered ? 'good' : 'bad',
                  d.delivered ? t('callbackGood', { ms: d.millis }) : t('callbackBad', { why: d.message }),
                  ' ',
                  d.status ? badge(`HTTP ${d.status}`) : null,
                ),
              );
            } catch (error) {
              result.replaceChildren();
              throw error;
            }
          },
          { icon: 'send', id: 'test-callback' },
        ),
      ],
    },
    form([{ name: 'callbackUrl', label: t('callbackUrl'), type: 'url', value: a.callbackUrl, max: 2048, test: webAddress, hint: t('callbackUrlHint') }], {
      id: 'callback',
      submit: t('save'),
      onSubmit: async (values) => {
        await call('PATCH', path, values);
        toast(t('saved'));
      },
    }),
    result,
  );
}
