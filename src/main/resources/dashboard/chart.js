/**
 * Bars that go up and bars that go down from one line, in one scale. Drawn for the width that is there, so that text
 * keeps its size; what the bars say stands in a table beside them too.
 */

const HEIGHT = 260;
const LEFT = 44;
const TOP = 12;
const BOTTOM = 28;
const LABEL = 64;

const shape = (name, attributes, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};

/** The next 1, 2 or 5 with zeros: steps that people count in. */
function step(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return Math.max(1, [1, 2, 5, 10].find((nice) => nice * power >= most) * power);
}

/** bars: [{label, full, up, down}], drawn into the element. */
export function draw(host, bars) {
  const width = host.clientWidth;
  const up = Math.max(1, ...bars.map((bar) => bar.up));
  const down = Math.max(...bars.map((bar) => bar.down));
  const unit = (HEIGHT - TOP - BOTTOM) / (up + down);
  const zero = TOP + up * unit;
  const slot = (width - LEFT) / bars.length;
  const svg = shape('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': summary(bars),
  }, hatch());
  svg.append(...grid(up, down, unit, zero, width));
  bars.forEach((bar, index) => {
    const x = LEFT + index * slot;
    svg.append(...column(bar, x, slot, zero, unit));
    if (index % Math.ceil(LABEL / slot) === 0) {
      svg.append(shape('text', { x: x + slot / 2, y: HEIGHT - 8, class: 'label' }, bar.label));
    }
  });
  host.replaceChildren(svg);
}

function column(bar, x, slot, zero, unit) {
  const gap = Math.min(8, slot * 0.25);
  const rect = (kind, y, height) =>
    shape('rect', { x: x + gap / 2, y, width: slot - gap, height, class: kind, rx: 1.5 });
  const parts = [];
  if (bar.up > 0) {
    parts.push(rect('up', zero - bar.up * unit, bar.up * unit));
  }
  if (bar.down > 0) {
    parts.push(rect('down', zero, bar.down * unit));
  }
  const area = shape('rect', { x, y: TOP, width: slot, height: HEIGHT - TOP - BOTTOM, class: 'area' });
  return [shape('g', { class: 'column' },
    shape('title', {}, `${bar.full}: sign-ins ${bar.up}, refusals ${bar.down}`), area, ...parts)];
}

function grid(up, down, unit, zero, width) {
  const by = step(Math.max(up, down) / 3);
  const lines = [];
  for (let value = -Math.floor(down / by) * by; value <= up; value += by) {
    const y = zero - value * unit;
    lines.push(shape('line', { x1: LEFT, x2: width, y1: y, y2: y, class: value === 0 ? 'zero' : 'line' }));
    lines.push(shape('text', { x: LEFT - 8, y: y + 4, class: 'tick' }, String(Math.abs(value))));
  }
  return lines;
}

/** Refusals are told apart by more than their place. */
function hatch() {
  return shape('defs', {}, shape('pattern', {
    id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)',
  }, shape('rect', { width: 6, height: 6, class: 'hatch-ground' }), shape('rect', { width: 3, height: 6, class: 'hatch' })));
}

function summary(bars) {
  const sum = (key) => bars.reduce((all, bar) => all + bar[key], 0);
  return `Bar chart: ${sum('up')} sign-ins and ${sum('down')} refusals in ${bars.length} bars.`;
}
