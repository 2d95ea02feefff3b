import { signIn } from '../api.js';
import { form } from '../form.js';
import { t } from '../i18n.js';
import { make } from '../parts.js';

/**
 * @param {Node} language the button that switches it
 * @param {() => void} onIn
 */
export function signInPage(language, onIn) {
  document.title = `${t('signIn')} · Parley`;
  const entry = form(
    [
      { name: 'account', label: t('accountName'), required: true, max: 64, autocomplete: 'username' },
      { name: 'password', label: t('password'), type: 'password', required: true, max: 256, autocomplete: 'current-password' },
      { name: 'company', label: t('company'), max: 64, hint: t('companyHint'), autocomplete: 'organization' },
    ],
    {
      id: 'sign-in',
      submit: t('signIn'),
      onSubmit: async (values) => {
        await signIn({ company: values.company, account: values.account, password: values.password });
        onIn();
      },
    },
  );
  return make(
    'div',
    { class: 'entrance' },
    make('header', { class: 'entrance-head' }, make('span', { class: 'brand' }, make('img', { src: '/console/logo.svg', alt: '', width: '28', height: '28' }), 'Parley', make('small', {}, t('console'))), language),
    make('main', { class: 'entrance-card' }, make('h1', {}, t('signInTitle')), make('p', {}, t('signInLead')), entry),
  );
}
