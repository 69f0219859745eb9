/** The figures: of all replicas from the store, and of the one that answered. */

import { $, duration, element, entry, milliseconds, number, row, say, time } from './dom.js';
import { draw } from './chart.js';

/** How many bars make sense, and what one of them is. */
const SCALES = {
  24: { unit: 'each bar is an hour', period: 'in 24 hours', key: (date) => date.getTime(), label: { hour: '2-digit', minute: '2-digit' } },
  168: { unit: 'each bar is six hours', period: 'in 7 days', key: (date) => `${date.toDateString()} ${Math.floor(date.getHours() / 6)}`, label: { weekday: 'short', hour: '2-digit', minute: '2-digit' } },
  720: { unit: 'each bar is a day', period: 'in 30 days', key: (date) => date.toDateString(), label: { day: 'numeric', month: 'short' } },
};
const FULL = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

let bars = [];
let before = null;

export function show(data) {
  $('board').classList.remove('stale');
  $('updated').textContent = `Updated ${new Date().toLocaleTimeString('en-GB')}`;
  notice(data.store.answers ? '' : 'The store does not answer: nobody can sign in, and only the figures of this replica '
    + 'are known. Tokens that are out are still accepted.');
  if (data.history) {
    showHistory(data.history);
  }
  showReplica(data);
}

export function showFailure(sentence) {
  $('board').classList.add('stale');
  notice(sentence);
}

export function clear() {
  bars = [];
  before = null;
  notice('');
  for (const id of ['totals', 'chart', 'chart-rows', 'reasons', 'figures', 'replica-name', 'updated', 'who']) {
    $(id).replaceChildren();
  }
}

function notice(sentence) {
  say($('notice'), sentence);
  $('notice').hidden = sentence === '';
}

function showHistory(history) {
  const scale = SCALES[history.hours];
  const of = (kind) => history.series.filter((series) => series.kind === kind);
  const total = (kind) => sum(of(kind).flatMap((series) => series.times));
  const active = history.active_sessions;
  $('totals').replaceChildren(
    entry('Active sessions', active === undefined ? '…' : number(active), active === undefined ? 'being counted' : 'now'),
    entry('Sign-ins', number(total('sign-in')), scale.period),
    entry('Refusals', number(total('refusal')), scale.period),
    entry('New accounts', number(total('account-created')), scale.period));
  $('chart-unit').textContent = `· ${scale.unit}`;
  bars = grouped(history, scale, of('sign-in'), of('refusal'));
  draw($('chart'), bars);
  $('chart-rows').replaceChildren(...bars.map((bar) => row(bar.full, [number(bar.up)], [number(bar.down)])));
  showReasons(of('refusal'));
}

function grouped(history, scale, ups, downs) {
  const label = new Intl.DateTimeFormat('en-GB', scale.label);
  const first = Date.parse(history.first_hour);
  const groups = [];
  for (let hour = 0; hour < history.hours; hour++) {
    const begin = new Date(first + hour * 3600_000);
    const key = scale.key(begin);
    if (groups.at(-1)?.key !== key) {
      groups.push({ key, label: label.format(begin), full: FULL.format(begin), up: 0, down: 0 });
    }
    groups.at(-1).up += sum(ups.map((series) => series.times[hour]));
    groups.at(-1).down += sum(downs.map((series) => series.times[hour]));
  }
  return groups;
}

function showReasons(refusals) {
  const reasons = refusals.map((series) => ({ why: series.detail, times: sum(series.times) }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times);
  const most = reasons[0]?.times;
  $('reasons').replaceChildren(...reasons.map(({ why, times }) => {
    const bar = element('meter', { min: 0, max: most, value: times, 'aria-hidden': 'true' });
    return element('li', {}, element('span', {}, why), element('b', {}, number(times)), bar);
  }));
  if (reasons.length === 0) {
    $('reasons').append(element('li', { class: 'soft' }, 'Nothing was refused in this period.'));
  }
}

function showReplica({ replica, store, live, time: now }) {
  const color = replica.color === 'none' ? '' : `, ${replica.color}`;
  $('replica-name').textContent = replica.name ? `${replica.name} answered` : 'the one that answered';
  $('figures').replaceChildren(
    requests('POST /auth', live.auth, replica, 'auth'),
    requests('GET /contents', live.contents, replica, 'contents'),
    entry('Wait for hashing', mean(live.hashing.waits), `${number(live.hashing.hashes)} hashes, ${number(live.hashing.shed)} sign-ins shed`),
    entry('Revocation list', number(live.revocations.size), live.revocations.trusted ? 'entries, up to date' : 'entries, too old to be trusted'),
    entry('Store', store.kind, store.answers ? 'answers' : 'does not answer'),
    entry('Release', `${replica.version}${color}`, `commit ${replica.commit.slice(0, 12)}`),
    entry('Up for', duration((Date.parse(now) - Date.parse(replica.started_at)) / 1000), `since ${time(replica.started_at)}`));
  before = { name: replica.name, ...live };
}

/** How long these took since the last answer of the same replica, where there were any; else since its start. */
function requests(term, now, replica, key) {
  const same = before?.name === replica.name ? before[key] : undefined;
  const lately = same !== undefined && now.count > same.count;
  const since = lately ? { count: now.count - same.count, total_ms: now.total_ms - same.total_ms } : now;
  const note = now.count === 0 ? 'not asked yet'
    : `mean ${lately ? 'of the last seconds' : 'since the start'}, slowest lately ${milliseconds(now.slowest_ms)}`;
  return entry(term, mean(since), note);
}

const mean = ({ count, total_ms: total }) => (count === 0 ? '–' : milliseconds(total / count));

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

new ResizeObserver(() => {
  if (bars.length > 0) {
    draw($('chart'), bars);
  }
}).observe($('chart'));
