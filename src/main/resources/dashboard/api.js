/**
 * The calls of the service. The token lives in this module's memory and nowhere else: a reload, and whoever opens the
 * page after that, has none.
 */

let token = null;
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
  const used = token;
  const response = await send(method, path, body);
  const text = await response.text();
  if (response.ok) {
    return text === '' ? null : read(text);
  }
  if (response.status === 401 && used !== null) {
    if (token === used) {
      token = null;
      ended('Your session is over: it has expired, or somebody ended it. Please sign in again.');
    }
    throw new Refusal(401, 'You are signed out.');
  }
  throw new Refusal(response.status, words(response.status, text));
}

async function send(method, path, body) {
  const headers = {};
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    return await fetch(path, {
      method, headers, body: JSON.stringify(body), cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
  } catch {
    throw new Refusal(0, 'The service does not answer.');
  }
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
  const answer = await call('POST', '/auth', { email, password });
  token = answer.token;
}

/** Ends the session, and forgets the token whatever the service says. */
export async function signOut() {
  try {
    await call('POST', '/auth/logout');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) {
      throw refusal;
    }
  } finally {
    token = null;
  }
}
