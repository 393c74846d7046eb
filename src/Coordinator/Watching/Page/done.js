// The list of interventions, newest first, each with Undo where it can be undone.
import { post } from './connection.js';
import { byId, count, el, setText } from './format.js';

const mostShown = 60;

export class DoneView {
  #run;
  #list = byId('interventions');
  #items = new Map();
  #older = el('li', { class: 'quiet' });

  constructor(run) {
    this.#run = run;
  }

  describe() {
    this.#items.clear();
    this.#list.replaceChildren(el('li', { class: 'quiet empty', text: 'None yet.' }));
  }

  update(frame) {
    const all = frame.interventions ?? [];
    const shown = all.slice(-mostShown);
    setText(byId('intervention-count'), all.length ? `(${all.length})` : '');
    const numbers = new Set(shown.map((one) => one.number));
    for (const [number, item] of this.#items) {
      if (numbers.has(number)) continue;
      item.root.remove();
      this.#items.delete(number);
    }
    if (shown.length) this.#list.querySelector('.empty')?.remove();
    for (const one of shown) this.#show(one);
    if (all.length > mostShown) {
      setText(this.#older, `and ${count(all.length - mostShown)} earlier`);
      this.#list.append(this.#older);
    } else {
      this.#older.remove();
    }
  }

  #show(one) {
    let item = this.#items.get(one.number);
    if (!item) {
      const undo = el('button', { type: 'button', class: 'small', 'data-testid': `undo-${one.number}`, id: `undo-${one.number}`, text: 'Undo', 'aria-label': `Undo intervention ${one.number}`, onclick: () => this.#undo(one.number) });
      const text = el('span', { class: 'what' });
      const where = el('small', {});
      const error = el('small', { class: 'error', role: 'alert' });
      const root = el('li', { 'data-testid': `intervention-${one.number}` }, el('span', { class: 'number', text: String(one.number) }), el('div', {}, text, where, error), undo);
      item = { root, undo, text, where, error };
      this.#items.set(one.number, item);
      this.#list.prepend(root);
    }
    setText(item.text, one.text ?? one.kind ?? '');
    setText(item.where, `at ${count(one.presentations)} presentations, phase ${count(one.phase)}${one.scripted ? ', from the experiment file' : ''}${one.undone ? ', undone' : ''}`);
    item.root.classList.toggle('undone', Boolean(one.undone));
    item.undo.hidden = !one.canUndo || one.undone || !this.#run.network?.canControl;
    item.undo.disabled = !this.#run.controllable;
  }

  async #undo(number) {
    const item = this.#items.get(number);
    item.undo.disabled = true;
    try {
      await post(`/api/interventions/${number}/undo`);
      setText(item.error, '');
    } catch (error) {
      setText(item.error, error.message);
    }
    item.undo.disabled = false;
  }
}
