/** The latest entries of the audit, and older ones page by page. */

import { $, element, number, row, say, time } from './dom.js';
import { call, Refusal } from './api.js';
import * as account from './account.js';

const PAGE = 25;

let next = null;
let first = true; // whether only the first page is shown, which follows what happens
let filter = {};

/** The kinds that the filter offers, once. */
export function offer(kinds) {
  if ($('audit-kind').options.length === 1) {
    $('audit-kind').append(...kinds.map((kind) => element('option', {}, kind)));
  }
}

export async function load() {
  try {
    filter = await wanted();
    await page(false);
  } catch (refusal) {
    tell(refusal);
  }
}

/** Shows what is new, unless somebody looks at older entries or is in the table with the keyboard. */
export async function follow() {
  if (first && !$('audit-rows').contains(document.activeElement)) {
    try {
      await page(false);
    } catch (refusal) {
      tell(refusal);
    }
  }
}

export function clear() {
  $('audit-filter').reset();
  $('audit-rows').replaceChildren();
  $('audit-older').hidden = true;
  say($('audit-message'), '');
  filter = {};
  first = true;
}

async function page(older) {
  const asked = filter;
  const parameters = new URLSearchParams({ ...asked, limit: PAGE });
  if (older) {
    parameters.set('after', next);
  }
  const answer = await call('GET', `/audit?${parameters}`);
  if (asked !== filter) {
    return; // filtered otherwise meanwhile
  }
  first = !older;
  next = answer.next;
  const rows = answer.entries.map(shown);
  if (older) {
    $('audit-rows').append(...rows);
  } else {
    $('audit-rows').replaceChildren(...rows);
  }
  $('audit-older').hidden = !next;
  const nothing = Object.keys(asked).length > 0 ? 'Nothing matches this filter.' : 'Nothing has happened yet.';
  say($('audit-message'), $('audit-rows').rows.length === 0 ? nothing : '');
}

async function wanted() {
  const chosen = {
    kind: $('audit-kind').value,
    account: await account.idOf($('audit-account').value.trim()),
    from: instant($('audit-from').value),
    to: instant($('audit-to').value),
  };
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));
}

const instant = (local) => (local === '' ? '' : new Date(local).toISOString());

function shown(entry) {
  const what = entry.detail ? `${entry.kind}: ${entry.detail}` : entry.kind;
  return row(time(entry.last_at), what, who(entry.account), entry.actor === entry.account ? 'itself' : who(entry.actor),
    entry.address, [number(entry.times)]);
}

function who(id) {
  return id ? element('button', { type: 'button', class: 'link', title: id, click: () => account.open(id) }, account.nameOf(id)) : '–';
}

function tell(refusal) {
  if (!(refusal instanceof Refusal)) {
    throw refusal;
  }
  say($('audit-message'), refusal.message, true);
}

$('audit-filter').addEventListener('submit', (event) => {
  event.preventDefault();
  load();
});
$('audit-filter').addEventListener('reset', () => setTimeout(load)); // once the fields are empty
$('audit-older').addEventListener('click', () => page(true).catch(tell));
