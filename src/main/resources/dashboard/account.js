/** One account with its sessions, and what an administrator may do to it. */

import { $, element, row, say, time } from './dom.js';
import { call, Refusal } from './api.js';

const ROLES = ['admin', 'service', 'query', 'query-write'];

const emails = new Map();
let changed = () => {};
let shownId = null;

/** Who is told of an account that was changed here. */
export function onChange(listener) {
  changed = listener;
}

export const remember = (accounts) => accounts.forEach(({ id, email }) => emails.set(id, email));

/** The email where it is known; else the end of the id, which tells more than its beginning: that is a time. */
export const nameOf = (id) => emails.get(id) ?? `…${id.slice(-12)}`;

/** The id of whatever names an account. */
export async function idOf(text) {
  if (!text.includes('@')) {
    return text;
  }
  const { accounts } = await call('GET', `/accounts?${new URLSearchParams({ email: text })}`);
  if (accounts.length === 0) {
    throw new Refusal(404, 'There is no account with this email.');
  }
  remember(accounts);
  return accounts[0].id;
}

export async function open(id) {
  shownId = id;
  $('account-title').textContent = nameOf(id);
  $('account-body').replaceChildren();
  say($('account-message'), '');
  if (!$('account').open) {
    $('account').showModal();
  }
  await attempt(() => show(id), '');
}

export function close() {
  $('account').close();
  $('account-body').replaceChildren();
  emails.clear();
}

async function show(id) {
  const [account, { sessions }] = await Promise.all([
    call('GET', `/accounts/${id}`), call('GET', `/accounts/${id}/sessions`)]);
  if (id !== shownId) {
    return;
  }
  remember([account]);
  $('account-title').textContent = account.email;
  $('account-body').replaceChildren(about(account), rights(account), state(account), where(account, sessions));
  changed(account);
}

/** Does something, says what came of it, and shows the account as it is then. */
async function attempt(work, done) {
  try {
    await work();
    say($('account-message'), done);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    say($('account-message'), refusal.message, true);
  }
}

const act = (id, method, path, body, done) => attempt(async () => {
  await call(method, `/accounts/${id}${path}`, body);
  await show(id);
  $('account-close').focus(); // what was pressed is not there any more
}, done);

const about = (account) => element('p', { class: 'soft' },
  `${account.id}, made ${time(account.created_at)}, ${account.disabled ? 'disabled' : 'enabled'}`);

function rights(account) {
  const boxes = ROLES.map((role) =>
    element('input', { type: 'checkbox', value: role, checked: account.roles.includes(role) }));
  const save = (event) => {
    event.preventDefault();
    const roles = boxes.filter((box) => box.checked).map((box) => box.value);
    act(account.id, 'PATCH', '', { roles }, 'The roles are saved. Where they changed, the sessions have ended.');
  };
  return element('form', { submit: save },
    element('fieldset', { class: 'row' }, element('legend', {}, 'Roles'),
      ...boxes.map((box) => element('label', { class: 'check' }, box, box.value)),
      element('button', { type: 'submit' }, 'Save roles')));
}

function state(account) {
  const disabled = !account.disabled;
  const press = () => act(account.id, 'PATCH', '', { disabled },
    disabled ? 'The account is disabled and its sessions have ended.' : 'The account is enabled: it can sign in again.');
  return element('p', { class: 'row' },
    element('button', { type: 'button', class: disabled ? 'danger' : '', click: press },
      disabled ? 'Disable account' : 'Enable account'),
    element('span', { class: 'soft' }, disabled ? 'It cannot sign in then, and its sessions end.' : 'It can sign in again then.'));
}

function where(account, sessions) {
  const path = '/sessions';
  const all = element('button', {
    type: 'button', class: 'danger', click: () => act(account.id, 'DELETE', path, undefined, 'All sessions have ended.'),
  }, 'End all sessions');
  const rows = sessions.map((session) => row(time(session.last_used_at),
    session.current ? `${session.address}, this page` : session.address, time(session.created_at),
    element('button', {
      type: 'button', 'aria-label': `End the session used ${time(session.last_used_at)} from ${session.address}`,
      click: () => act(account.id, 'DELETE', `${path}/${session.id}`, undefined, 'The session has ended.'),
    }, 'End')));
  const head = element('tr', {}, ...['Last used', 'From', 'Signed in', ''].map((name) =>
    name ? element('th', { scope: 'col' }, name) : element('td', {})));
  const list = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Sessions' },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
  return element('section', {}, element('h3', {}, 'Sessions'),
    ...(sessions.length === 0 ? [element('p', { class: 'soft' }, 'Signed in nowhere.')] : [list, element('p', {}, all)]));
}

$('account-close').addEventListener('click', () => $('account').close());
