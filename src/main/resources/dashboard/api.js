/**
 * The calls of the service. The token lives in this module's memory and nowhere else: a reload, and whoever opens the
 * page after that, has none.
 */

let token = null;
let calls = new AbortController(); // of those under way with this token
let ended = () => {};

/** A call that was refused or not answered; the message is a sentence for the operator. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Who is told, in a sentence, that the token is not good any more. */
export function onEnd(listener) {
  ended = listener;
}

export const signedIn = () => token !== null;

export async function call(method, path, body, read = JSON.parse) {
  if (token === null) {
    throw new Refusal(0, ''); // signed out since somebody wanted to ask this
  }
  return exchange(method, path, body, read);
}

async function exchange(method, path, body, read = JSON.parse) {
  const used = token;
  const { response, text } = await send(method, path, body, used);
  if (response.ok) {
    return text === '' ? null : read(text);
  }
  if (response.status === 401 && used !== null) {
    forget();
    ended('Your session is over: it has expired, or somebody ended it. Please sign in again.');
    throw new Refusal(401, '');
  }
  throw new Refusal(response.status, words(response.status, text));
}

async function send(method, path, body, bearer) {
  const { signal } = calls;
  const headers = {};
  if (bearer !== null) {
    headers.Authorization = `Bearer ${bearer}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    const response = await fetch(path, {
      method, headers, body: JSON.stringify(body), signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
    return { response, text: await response.text() };
  } catch {
    throw new Refusal(0, signal.aborted ? '' : 'The service does not answer.');
  }
}

/** No token any more, and no answer that was asked for with it. */
function forget() {
  token = null;
  calls.abort();
  calls = new AbortController();
}

/** What a problem document says (RFC 9457), or whatever stands between us and the service. */
function words(status, text) {
  try {
    const problem = JSON.parse(text);
    if (problem.title) {
      return problem.detail ? `${problem.title}. ${problem.detail}.` : `${problem.title}.`;
    }
  } catch {
    // No document: a proxy's page.
  }
  return `The service answered with status ${status}.`;
}

export async function signIn(email, password) {
  const answer = await exchange('POST', '/auth', { email, password });
  token = answer.token;
}

/** Forgets the token at once, and ends its session whether or not the service answers. */
export async function signOut() {
  const used = token;
  forget();
  try {
    await send('POST', '/auth/logout', undefined, used);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
  }
}
