/** A statement for POST /query, and its rows. */

import { $, element, number, say } from './dom.js';
import { call, Refusal } from './api.js';

const NOT_ALLOWED = 'Your account may not query: it needs the role query or query-write. Give it one above, then sign in again.';

export function clear() {
  $('query-text').value = '';
  show([]);
  say($('query-message'), '');
}

async function run() {
  const query = $('query-text').value.trim();
  if (query === '') {
    say($('query-message'), 'Write a statement first.', true);
    return;
  }
  show([]);
  say($('query-message'), 'Running…');
  try {
    const answer = await call('POST', '/query', { query }, exact);
    const rows = answer.result === 'OK' ? [] : answer.result;
    show(rows);
    say($('query-message'), summary(answer, rows));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    say($('query-message'), refusal.status === 403 ? NOT_ALLOWED : refusal.message, true);
  }
}

function summary(answer, rows) {
  if (answer.result === 'OK') {
    return 'OK';
  }
  const count = rows.length === 1 ? '1 row' : `${number(rows.length)} rows`;
  const cut = answer.cut ? '; there are more than the limits allow' : '';
  return rows.length === 0 ? 'No rows.' : `${count} in ${answer.milliseconds} ms${cut}.`;
}

/** Rows keep their numbers as they stand in the answer: a browser's own have 53 bits only. */
function exact(text) {
  const whole = JSON.parse(text);
  if (!Array.isArray(whole.result)) {
    return whole;
  }
  const { result } = JSON.parse(text, (key, value, source) =>
    typeof value === 'number' && source?.source ? source.source : value);
  return { ...whole, result };
}

function show(rows) {
  const place = $('query-result');
  place.hidden = rows.length === 0;
  if (place.hidden) {
    place.replaceChildren();
    return;
  }
  const columns = Object.keys(rows[0]);
  place.replaceChildren(element('table', {},
    element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map((one) =>
      element('tr', {}, ...columns.map((name) => cell(one[name])))))));
}

function cell(value) {
  if (value === null) {
    return element('td', { class: 'soft' }, 'null');
  }
  return element('td', {}, typeof value === 'object' ? JSON.stringify(value) : String(value));
}

$('query-form').addEventListener('submit', (event) => {
  event.preventDefault();
  run();
});
$('query-text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
