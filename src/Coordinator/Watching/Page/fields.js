// Sliders and buttons of the panels.
import { post } from './connection.js';
import { el, setText } from './format.js';

/** A slider with its value beside it: {root, input, value, touched, follow(value)}. */
export function slider({ id, label, term, min = 0, max, step, format, disabled }) {
  const input = el('input', { type: 'range', id, 'data-testid': id, min, max, step, value: min, disabled });
  const output = el('output', { for: id });
  const note = el('small');
  const self = { input, touched: false };
  const show = () => {
    setText(output, format(Number(input.value)));
    input.setAttribute('aria-valuetext', format(Number(input.value)));
  };
  input.addEventListener('input', () => {
    self.touched = true;
    show();
  });
  const text = el('label', { for: id }, el('span', term ? { class: 'term', 'data-term': term, tabindex: 0, text: label } : { text: label }));
  self.root = el('div', { class: 'slider' }, text, input, output, note);
  /** What the program has now, unless the user is setting something else. */
  self.follow = (value, noteText = '') => {
    setText(note, noteText);
    if (self.touched || typeof value !== 'number') return;
    if (Number(input.max) < value) input.max = String(value);
    if (Number(input.value) !== value) input.value = String(value);
    show();
  };
  Object.defineProperty(self, 'value', { get: () => Number(input.value) });
  show();
  return self;
}

/** For how many τ an intervention holds: {root, input, length()}. The run itself ends it, whether or not a page is open then. */
export function holding() {
  const input = el('input', { type: 'number', id: 'holds', 'data-testid': 'holds', min: 1, step: 'any', placeholder: '∞' });
  const root = el('label', { class: 'holds', for: 'holds', 'data-tip': 'What is done is undone by itself after as many τ; empty: it stays' }, 'for', input, 'τ');
  const length = () => Number(input.value) > 0 ? { for: { tau: Number(input.value) } } : {};
  return { root, input, length };
}

/** Buttons that send an intervention, with the answer beside them. */
export class Sender {
  #message = el('p', { class: 'message', role: 'status' });
  #buttons = [];
  #timer = 0;

  get message() {
    return this.#message;
  }

  button(id, text, make, { tip, className } = {}) {
    const button = el('button', { type: 'button', id, 'data-testid': id, class: `control ${className ?? ''}`, 'data-tip': tip, text, onclick: () => this.send(make) });
    this.#buttons.push(button);
    return button;
  }

  async send(make) {
    const body = make();
    if (!body) return;
    try {
      await post('/api/interventions', body);
      this.say('Done. It is in the list below.', false);
      body.after?.();
    } catch (error) {
      this.say(error.message, true);
    }
  }

  say(text, isError) {
    clearTimeout(this.#timer);
    setText(this.#message, text);
    this.#message.classList.toggle('error', isError);
    if (!isError) this.#timer = setTimeout(() => setText(this.#message, ''), 4000);
  }

  enable(able) {
    for (const button of this.#buttons) button.disabled = !able;
  }
}
