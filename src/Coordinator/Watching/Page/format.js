// Numbers and elements. Text from the program reaches the page through textContent only: names of populations and
// messages of faults may hold anything.

const thin = '\u202f';
const none = '–';

const finite = (x) => typeof x === 'number' && Number.isFinite(x);

export const isNumber = finite;

export function count(x) {
  if (!finite(x)) return none;
  return Math.round(x).toString().replace(/\B(?=(\d{3})+(?!\d))/g, thin);
}

/** A fixed number of decimals keeps readouts from jumping. */
export function fixed(x, decimals = 2) {
  return finite(x) ? x.toFixed(decimals) : none;
}

export function percent(x, decimals = 1) {
  return finite(x) ? `${(100 * x).toFixed(decimals)}${thin}%` : none;
}

/** As few digits as the value needs: settings, not measurements. */
export function plain(x) {
  if (!finite(x)) return none;
  return String(Number(x.toPrecision(3)));
}

export function share(x) {
  return finite(x) ? `${plain(100 * x)}${thin}%` : none;
}

export function short(x) {
  if (!finite(x)) return none;
  const size = Math.abs(x);
  if (size >= 1e9) return `${(x / 1e9).toFixed(1)}${thin}G`;
  if (size >= 1e6) return `${(x / 1e6).toFixed(1)}${thin}M`;
  if (size >= 1e4) return `${(x / 1e3).toFixed(1)}${thin}k`;
  return size >= 100 || Number.isInteger(x) ? count(x) : size >= 10 ? x.toFixed(1) : x.toFixed(2);
}

export function scientific(x) {
  if (!finite(x)) return none;
  if (x === 0) return '0';
  const size = Math.abs(x);
  return (size >= 0.001 && size < 1000 ? x.toPrecision(3) : x.toExponential(1)).replaceAll('-', '−');
}

export function signOf(polarity) {
  return polarity > 0 ? '+' : polarity < 0 ? '−' : '·';
}

export function polarityName(polarity) {
  return polarity > 0 ? 'positive' : polarity < 0 ? 'negative' : 'none';
}

/** A pace counts steps of a slowed clock as longer or as fewer; both mean the same, and 1 is the clock of the file. */
export function slowness(pace) {
  if (!finite(pace) || pace <= 0) return null;
  const factor = Math.max(pace, 1 / pace);
  return factor > 1.05 ? factor : null;
}

export const nodeLetter = (index) => finite(index) ? String.fromCharCode(65 + index % 26) : '';

/** el('button', {class: 'small', onclick: f}, 'text', child, …) */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  fill(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function svg(name, attributes = {}) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  fill(element, attributes);
  return element;
}

function fill(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'text') element.textContent = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
}

/** Writes only what differs: ten writes a second to every readout would cost layout for nothing. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export const byId = (id) => document.getElementById(id);
