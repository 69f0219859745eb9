/** The accounts, oldest first, page by page, or the one of an email. */

import { $, element, row, say, time } from './dom.js';
import { call, Refusal } from './api.js';
import * as account from './account.js';

const PAGE = 20;

let next = null;

export async function load() {
  const email = $('accounts-email').value.trim();
  await show(new URLSearchParams(email === '' ? { limit: PAGE } : { email }), false);
}

export function clear() {
  $('accounts-filter').reset();
  $('accounts-rows').replaceChildren();
  $('accounts-more').hidden = true;
  say($('accounts-message'), '');
}

async function show(parameters, more) {
  try {
    const answer = await call('GET', `/accounts?${parameters}`);
    account.remember(answer.accounts);
    const rows = answer.accounts.map(shown);
    if (more) {
      $('accounts-rows').append(...rows);
    } else {
      $('accounts-rows').replaceChildren(...rows);
    }
    next = answer.next;
    $('accounts-more').hidden = !next;
    say($('accounts-message'), rows.length === 0 ? 'There is no account with this email.' : '');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    say($('accounts-message'), refusal.message, true);
  }
}

function shown(one) {
  const manage = element('button', {
    type: 'button', 'aria-label': `Manage ${one.email}`, click: () => account.open(one.id),
  }, 'Manage');
  const made = row(one.email, one.roles.join(', ') || '–', one.disabled ? 'disabled' : 'enabled', time(one.created_at), [manage]);
  made.dataset.id = one.id;
  return made;
}

/** An account that was changed: its row says so, where it is shown. */
account.onChange((changed) => {
  const old = $('accounts-rows').querySelector(`[data-id="${changed.id}"]`);
  if (old) {
    const fresh = shown(changed);
    fresh.lastElementChild.replaceWith(old.lastElementChild); // its button has the focus again when the account is closed
    old.replaceWith(fresh);
  }
});
$('accounts-filter').addEventListener('submit', (event) => {
  event.preventDefault();
  load();
});
$('accounts-more').addEventListener('click', () => show(new URLSearchParams({ limit: PAGE, after: next }), true));
