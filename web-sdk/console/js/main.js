import { may, me, resume, signOut, whenSignedOut } from './api.js';
import { languageTag, otherLanguageName, switchLanguage, t } from './i18n.js';
import { button, empty, icon, linkButton, make, person, toast } from './parts.js';
import { routes } from './routes.js';
import { signInPage } from './pages/signin.js';

const app = /** @type {HTMLElement} */ (document.getElementById('app'));
let turn = 0;

/** @typedef {{text: import('./i18n.js').TextKey, links: {path: string, icon: string, text: import('./i18n.js').TextKey, needs: string}[]}} Group */

/** @type {Group[]} */
const groups = [
  {
    text: 'navLive',
    links: [
      { path: 'overview', icon: 'home', text: 'overview', needs: 'READ_ROOMS' },
      { path: 'rooms', icon: 'room', text: 'rooms', needs: 'READ_ROOMS' },
      { path: 'nodes', icon: 'node', text: 'nodes', needs: 'READ_NODES' },
      { path: 'recordings', icon: 'recording', text: 'recordings', needs: 'READ_RECORDINGS' },
    ],
  },
  {
    text: 'navBusiness',
    links: [
      { path: 'applications', icon: 'application', text: 'applications', needs: 'CREATE_APPLICATION' },
      { path: 'signatures', icon: 'signature', text: 'signatures', needs: 'MAKE_SIGNATURE' },
    ],
  },
  {
    text: 'navPeople',
    links: [
      { path: 'users', icon: 'user', text: 'users', needs: 'SEARCH_USERS' },
      { path: 'companies', icon: 'company', text: 'companies', needs: 'LIST_COMPANIES' },
      { path: 'audit', icon: 'audit', text: 'audit', needs: 'READ_AUDIT' },
    ],
  },
];

function brand() {
  return make('a', { class: 'brand', href: '#/' }, make('img', { src: '/console/logo.svg', alt: '', width: '28', height: '28' }), 'Parley', make('small', {}, t('console')));
}

function languageButton() {
  return button(
    otherLanguageName(),
    () => {
      switchLanguage();
      void show();
    },
    { kind: 'plain', size: 'small', icon: 'globe', id: 'language' },
  );
}

/** @param {string} path first part of the address */
function shell(path) {
  const menu = button('', () => open(!side.hasAttribute('data-open')), { kind: 'plain', icon: 'menu', id: 'menu', label: t('menu') });
  const side = make('nav', { class: 'side', id: 'side', 'aria-label': t('menu') }, brand());
  for (const group of groups) {
    const links = group.links.filter((link) => may(link.needs));
    if (links.length === 0) continue;
    side.append(make('p', { class: 'nav-group' }, t(group.text)));
    for (const link of links) {
      side.append(
        make('a', { class: 'nav-link', href: `#/${link.path}`, 'aria-current': link.path === path ? 'page' : false }, icon(link.icon), t(link.text)),
      );
    }
  }
  const user = me();
  const mine = person(user.name, `${user.account}@${user.company}`);
  const foot = make(
    'div',
    { class: 'side-foot' },
    make('a', { class: 'me', href: '#/account', 'aria-label': t('account'), 'aria-current': path === 'account' ? 'page' : false }, ...mine.childNodes),
    make(
      'div',
      { class: 'side-buttons' },
      languageButton(),
      button(t('signOut'), leave, { kind: 'plain', size: 'small', icon: 'out', id: 'sign-out' }),
    ),
  );
  side.append(foot);
  const page = make('main', { class: 'page', id: 'page', tabindex: '-1' });
  const skip = button(t('skip'), () => page.focus());
  skip.classList.add('skip');
  app.replaceChildren(skip, make('div', { class: 'shell' }, make('header', { class: 'topbar' }, brand(), menu), side, page));
  page.onclick = () => open(false);
  side.onkeydown = (event) => {
    if (event.key === 'Escape') open(false);
  };
  menu.setAttribute('aria-controls', 'side');
  open(false);
  return page;

  /** @param {boolean} yes */
  function open(yes) {
    side.toggleAttribute('data-open', yes);
    menu.setAttribute('aria-expanded', String(yes));
  }
}

/** Shows what the address says. A page that comes late, after another address was taken, is not shown. */
async function show() {
  const mine = ++turn;
  document.documentElement.lang = languageTag();
  try {
    if (!signedIn && !(signedIn = await resume())) {
      app.replaceChildren(
        signInPage(languageButton(), () => {
          signedIn = true;
          void show();
        }),
      );
      return;
    }
  } catch (error) {
    app.replaceChildren(empty('alert', t('connectionLost'), String(error instanceof Error ? error.message : error), button(t('again'), show)));
    return;
  }
  const [path = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decoded);
  const where = path || (may('READ_ROOMS') ? 'overview' : 'account');
  const page = shell(where);
  const route = routes[where];
  const content = route ? await route(rest).catch((error) => failed(error)) : [notFound()];
  if (mine !== turn) return;
  page.replaceChildren(...content);
  if (arrived) /** @type {HTMLElement | null} */ (page.querySelector('h1'))?.focus();
  arrived = true;
  if (rest[1]) document.getElementById(rest[1])?.scrollIntoView();
}

async function leave() {
  await signOut();
  signedIn = false;
  void show();
}

let signedIn = false;
let arrived = false;

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {unknown} error */
function failed(error) {
  const again = button(t('again'), show);
  return [empty('alert', t('failed'), error instanceof Error ? error.message : String(error), again)];
}

function notFound() {
  return empty('alert', t('noPage'), t('noPageText'), linkButton(t('toStart'), '#/'));
}

whenSignedOut(() => {
  if (!signedIn) return;
  signedIn = false;
  toast(t('sessionOver'), 'bad');
  void show();
});
window.addEventListener('hashchange', show);
void show();
