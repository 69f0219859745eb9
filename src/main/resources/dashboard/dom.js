/** Elements and words. Text is only ever set as text: nothing that the service tells becomes markup. */

export const $ = (id) => document.getElementById(id);

/** An element with attributes; a function is a listener for the event of that name. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(key, value);
    } else if (typeof value === 'boolean') {
      made.toggleAttribute(key, value);
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

/** A row of a table; a cell that is an array is a number. */
export const row = (...cells) =>
  element('tr', {}, ...cells.map((cell) =>
    Array.isArray(cell) ? element('td', { class: 'number' }, ...cell) : element('td', {}, cell)));

/** A term and what it says. */
export const entry = (term, value, note = '') =>
  element('div', {}, element('dt', {}, term), element('dd', {}, value),
    ...(note ? [element('dd', { class: 'soft' }, note)] : []));

/** Says a sentence where there is room for one; as an error or not. */
export function say(place, text, bad = false) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
  place.classList.toggle('bad', bad);
}

const WHOLE = new Intl.NumberFormat('en');
const FEW = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const number = (value) => WHOLE.format(value);

export const time = (text) => TIME.format(new Date(text));

export function milliseconds(value) {
  return value < 100 ? `${FEW.format(value)} ms` : `${WHOLE.format(Math.round(value))} ms`;
}

export function duration(seconds) {
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const at = units.findIndex(([, size]) => seconds >= size);
  const [name, size] = units[at < 0 ? 3 : at];
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
