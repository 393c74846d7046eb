// Dark and light. Canvases and charts cannot read style sheets, so they ask here for the colours.
import { byId } from './format.js';

const key = 'nudge-theme';
const listeners = [];
let colours = null;

const names = ['bg', 'panel', 'raised', 'line', 'text', 'muted', 'accent', 'positive', 'negative', 'bad', 'good', 'changed',
  'delivered', 'lost', 'cut', 'real', 'waiting', 'activity-low', 'activity-high', 'weight-low', 'weight-zero', 'weight-high'];

function remembered() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still changes the theme of this page.
  }
}

const preference = matchMedia('(prefers-color-scheme: dark)');
export const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : preference.matches;
}

/** Custom properties come back unresolved (light-dark() as text); a colour that uses them does not. */
export function palette() {
  if (colours) return colours;
  const probe = document.createElement('span');
  document.body.append(probe);
  colours = { dark: isDark() };
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  colours.nodes = [0, 1, 2, 3, 4, 5].map((index) => {
    probe.style.color = `var(--node-${index})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}

export function onTheme(listener) {
  listeners.push(listener);
}

function changed() {
  colours = null;
  byId('theme').setAttribute('aria-label', isDark() ? 'Change to the light theme' : 'Change to the dark theme');
  for (const listener of listeners) listener();
}

export function startTheme() {
  const chosen = remembered();
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
  byId('theme').addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    remember(next);
    changed();
  });
  preference.addEventListener('change', changed);
  changed();
}

/** Shows a theme without remembering it, such as for print; gives the one before. */
export function showTheme(name) {
  const before = document.documentElement.dataset.theme;
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  changed();
  return before;
}

/** Red, green and blue of a computed colour. */
export function channels(colour) {
  return (colour.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3).map(Number);
}
