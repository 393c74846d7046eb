// Tabs as the ARIA practices have them: one stop for the tab key, arrows between tabs.
import { byId } from './format.js';

export function startTabs() {
  for (const list of document.querySelectorAll('[role=tablist]')) {
    const tabs = () => [...list.querySelectorAll('[role=tab]')].filter((tab) => !tab.hidden && tab.offsetParent !== null);
    list.addEventListener('click', (event) => {
      const tab = event.target.closest('[role=tab]');
      if (tab) showTab(tab.id);
    });
    list.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const all = tabs();
      const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
      event.preventDefault();
      showTab(next.id);
      next.focus();
    });
    for (const tab of list.querySelectorAll('[role=tab]')) tab.tabIndex = tab.getAttribute('aria-selected') === 'true' ? 0 : -1;
  }
}

export function showTab(id) {
  const chosen = byId(id);
  for (const tab of chosen.closest('[role=tablist]').querySelectorAll('[role=tab]')) {
    const on = tab === chosen;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = !on;
  }
}

/** A tab without anything to show is left out; if it was in front, the first one comes to the front. */
export function allowTab(id, allowed) {
  const tab = byId(id);
  if (tab.hidden === !allowed) return;
  tab.hidden = !allowed;
  if (!allowed && tab.getAttribute('aria-selected') === 'true') showTab(tab.closest('[role=tablist]').querySelector('[role=tab]').id);
}
