/** Signs in and out, and asks for new figures every few seconds for as long as somebody can see them. */

import { $, say } from './dom.js';
import { call, onEnd, Refusal, signedIn, signIn, signOut } from './api.js';
import * as overview from './overview.js';
import * as audit from './audit.js';
import * as accounts from './accounts.js';
import * as account from './account.js';
import * as query from './query.js';

const PAUSE = 5000;
const COLOR = 'dashboard.color';
const NOT_ADMIN = 'This account is not an administrator: the dashboard needs the role admin. You are signed out again.';

let timer = null;

const hours = () => document.querySelector('#period input:checked').value;

/** One round: the figures, and the newest entries of the audit where the operator is not busy with them. */
async function refresh() {
  clearTimeout(timer);
  timer = null;
  try {
    const asked = hours();
    const data = await call('GET', `/dashboard/data?hours=${asked}`);
    if (!signedIn() || asked !== hours()) {
      return; // nobody waits for this any more
    }
    overview.show(data);
    audit.offer(data.kinds);
    await audit.follow();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    if (signedIn()) {
      overview.showFailure(`${refusal.message} What stands below is from before.`);
    }
  } finally {
    again();
  }
}

function again() {
  if (timer === null && signedIn() && !document.hidden) {
    timer = setTimeout(refresh, PAUSE);
  }
}

async function enter(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  button.disabled = true;
  say($('sign-in-message'), '');
  try {
    await signIn(form.email.value, form.password.value);
    const data = await call('GET', `/dashboard/data?hours=${hours()}`);
    open(form.email.value, data);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
    if (signedIn()) {
      await signOut();
    }
    say($('sign-in-message'), refusal.status === 403 ? NOT_ADMIN : refusal.message, true);
    form.password.focus();
  } finally {
    form.password.value = '';
    button.disabled = false;
  }
}

function open(email, data) {
  $('sign-in').hidden = true;
  $('board').hidden = false;
  $('who').textContent = email;
  overview.show(data);
  audit.offer(data.kinds);
  audit.load();
  accounts.load();
  $('overview-title').focus();
  again();
}

/** Back to the sign-in, with nothing of what was seen left in the page. */
function leave(why) {
  clearTimeout(timer);
  timer = null;
  account.close();
  for (const part of [overview, audit, accounts, query]) {
    part.clear();
  }
  $('board').hidden = true;
  $('sign-in').hidden = false;
  say($('sign-in-message'), why, why !== '');
  $('email').focus();
}

function paint(color) {
  $('color').value = color;
  document.documentElement.dataset.color = color;
}

/** A browser that stores nothing for us forgets the colour, and that is all. */
function stored(work) {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}

const colors = [...$('color').options].map((option) => option.value);
const remembered = stored((storage) => storage.getItem(COLOR));
paint(colors.includes(remembered) ? remembered : 'steelblue');

$('color').addEventListener('change', ({ target }) => {
  paint(target.value);
  stored((storage) => storage.setItem(COLOR, target.value));
});
$('sign-in-form').addEventListener('submit', enter);
$('sign-out').addEventListener('click', () => {
  signOut();
  leave('');
});
$('period').addEventListener('change', refresh);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    clearTimeout(timer);
    timer = null;
  } else if (signedIn()) {
    refresh();
  }
});
onEnd(leave);
