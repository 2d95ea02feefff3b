import { call, part } from '../api.js';
import { form } from '../form.js';
import { exactly } from '../format.js';
import { t, tOf } from '../i18n.js';
import { card, copyable, empty, head, linkButton, make, notice } from '../parts.js';
import { applications } from './applications.js';

/** The generator of temporary signatures and the checker, as in section 5.2 of the manual. @param {string[]} rest bizName to begin with */
export async function signaturesPage([chosen]) {
  const all = await applications();
  const title = head(t('signatures'), { lead: t('signaturesLead') });
  if (all.length === 0) {
    return [
      title,
      make('div', { class: 'card' }, empty('application', t('noApplications'), t('noApplicationsText'), linkButton(t('applications'), '#/applications'))),
    ];
  }
  /** @type {import('../form.js').Field} */
  const which = {
    name: 'bizName',
    label: t('application'),
    type: 'select',
    value: all.some((a) => a.bizName === chosen) ? chosen : all[0].bizName,
    options: all.map((a) => [a.bizName, `${a.name} (${a.bizName})`]),
  };
  return [title, make('div', { class: 'columns' }, generator(which), checker(which))];
}

/** @param {import('../form.js').Field} which */
function generator(which) {
  const result = make('div', { id: 'signature-made', role: 'status' });
  return card(
    t('generator'),
    { lead: t('generatorLead') },
    form(
      [
        which,
        { name: 'uid', label: 'UserID', required: true, max: 128 },
        {
          name: 'life',
          label: t('validFor'),
          type: 'select',
          options: [
            ['24h', t('life24h')],
            ['3d', t('life3d')],
            ['7d', t('life7d')],
          ],
        },
      ],
      {
        id: 'make-signature',
        submit: t('generate'),
        onSubmit: async ({ bizName, uid, life }) => {
          result.replaceChildren();
          const made = await call('POST', `/applications/${part(bizName)}/signatures`, { uid, life });
          result.replaceChildren(
            make(
              'div',
              { class: 'form' },
              notice('good', t('validUntil', { when: exactly(made.expiresAtMs) })),
              copyable('TimeStamp', String(made.expiresAtMs), 'time-stamp'),
              copyable('Signature', made.signature, 'signature'),
            ),
          );
        },
      },
    ),
    result,
  );
}

/** @param {import('../form.js').Field} which */
function checker(which) {
  const result = make('div', { id: 'signature-checked', role: 'status' });
  return card(
    t('checker'),
    { lead: t('checkerLead') },
    form(
      [
        which,
        { name: 'uid', label: 'UserID', required: true, max: 128 },
        { name: 'timeStamp', label: 'TimeStamp', type: 'number', max: 15, hint: t('timeStampHint') },
        { name: 'signature', label: 'Signature', type: 'area', required: true, max: 1400 },
      ],
      {
        id: 'check-signature',
        submit: t('check'),
        onSubmit: async ({ bizName, uid, timeStamp, signature }) => {
          result.replaceChildren();
          const said = await call('POST', `/applications/${part(bizName)}/signatures:verify`, {
            uid,
            timeStamp: timeStamp === '' ? undefined : Number(timeStamp),
            signature,
          });
          result.replaceChildren(
            said.valid
              ? notice('good', t('signatureGood', { when: exactly(said.expiresAtMs) }))
              : notice('bad', t('signatureBad', { why: tOf('bad_', said.reason) })),
          );
        },
      },
    ),
    result,
  );
}
