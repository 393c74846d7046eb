// What can be set on links: loss, delay, duplication, cuts, and signs of the weights behind them.
import { holding, Sender, slider } from './fields.js';
import { el, fixed, percent, plain, setText, share, short } from './format.js';
import { isControl } from './links.js';

const longestDelay = 20;

export class LinkPanel {
  #run;
  #scope;
  #sender = new Sender();
  #flipSender = new Sender();
  #flip = null;
  #holding;
  #sliders;
  #facts = new Map();
  #projection;

  constructor(run) {
    this.#run = run;
    const { selection, network } = run;
    this.#projection = network.projections.find((projection) => projection.name === selection.name);
    const both = this.#projection && network.projections.filter((other) => other.projection === this.#projection.projection).length > 1;
    this.#scope = selection.kind === 'control' ? 'control' : selection.kind === 'link' ? selection.name : 'all';
    const scopes = selection.kind === 'control' ? [] : [
      ...(this.#projection ? [[this.#projection.name, 'This link']] : []),
      ...(both ? [[this.#projection.projection, 'Both directions']] : []),
      ...(this.#projection ? [['all', 'All links']] : []),
    ];
    this.#sliders = {
      loss: slider({ id: 'loss', label: 'Loss', term: 'loss', max: 1, step: 0.01, format: share }),
      delay: slider({ id: 'delay', label: 'Mean delay', term: 'delay', max: longestDelay, step: 0.1, format: (value) => `${plain(value)} τ` }),
      duplicate: slider({ id: 'duplicate', label: 'Duplication', term: 'duplicate', max: 1, step: 0.01, format: share }),
    };
    const sender = this.#sender;
    this.#holding = holding();
    const flip = this.#projection ? this.#makeFlip() : null;
    this.root = el('div', { class: 'inspector' },
      el('h3', { text: this.#title() }),
      this.#makeFacts(),
      scopes.length > 1 ? this.#makeScopes(scopes) : null,
      ...Object.values(this.#sliders).map(({ root }) => root),
      el('div', { class: 'buttons control' },
        sender.button('apply', 'Apply', () => this.#change(), { className: 'main', tip: 'Set loss, delay and duplication as above' }),
        sender.button('cut', 'Cut', () => this.#simple('cut-links', this.#holding.length()), { tip: 'No message passes until it is restored' }),
        this.#holding.root,
        sender.button('restore', 'Restore', () => this.#simple('restore-links'), { tip: 'As in the experiment file, and not cut' }),
        sender.message), flip);
  }

  #title() {
    const { kind } = this.#run.selection;
    if (kind === 'control') return 'Control links: coordinator to populations';
    if (!this.#projection) return 'All links between populations';
    const { source, target, backward } = this.#projection;
    return `${source} → ${target}${backward ? ' (backward)' : ''}`;
  }

  #makeFacts() {
    const names = [['sent', 'sent'], ['delivered', 'arrived'], ['lost', 'lost'], ['waiting', 'under way']];
    return el('dl', { class: 'facts' }, ...names.map(([key, text]) => {
      const value = el('dd', { text: '–' });
      this.#facts.set(key, value);
      return el('div', {}, el('dt', { text }), value);
    }));
  }

  #makeScopes(scopes) {
    return el('fieldset', { class: 'scopes control' }, el('legend', { class: 'hidden', text: 'What the controls act on' }), ...scopes.map(([scope, text]) => {
      const input = el('input', { type: 'radio', name: 'scope', value: scope, id: `scope-${scope}`, 'data-testid': `scope-${scope}`, checked: scope === this.#scope });
      input.addEventListener('change', () => {
        this.#scope = scope;
        this.update(this.#run.frame);
      });
      return el('label', {}, input, el('span', { text }));
    }));
  }

  #makeFlip() {
    const flip = this.#flip = slider({ id: 'flip', label: 'Weights', max: 1, step: 0.01, format: share });
    flip.input.value = '0.1';
    flip.input.dispatchEvent(new Event('input'));
    const button = this.#flipSender.button('flip-weights', 'Flip signs', () => ({ kind: 'flip-weights', projection: this.#projection.projection, share: flip.value }),
      { tip: `Change the sign of this share of the weights of ${this.#projection.projection}, chosen at random` });
    return el('div', { class: 'flip control' }, flip.root, button, this.#flipSender.message);
  }

  /** Only what the user has moved is sent: a slider at rest may show the mean of links that differ. */
  #change() {
    const { loss, delay, duplicate } = this.#sliders;
    if (!loss.touched && !delay.touched && !duplicate.touched) {
      this.#sender.say('Move a slider first.', true);
      return null;
    }
    const law = ['exponential', 'constant'].includes(this.#projection?.delayLaw) ? this.#projection.delayLaw : 'exponential';
    const body = { kind: 'change-links', links: this.#scope, ...this.#holding.length() };
    if (loss.touched) body.loss = { law: 'independent', rate: loss.value };
    if (delay.touched) body.delay = { law, mean: delay.value };
    if (duplicate.touched) body.duplicate = duplicate.value;
    return this.#withRelease(body);
  }

  #simple(kind, length = {}) {
    return this.#withRelease({ kind, links: this.#scope, ...length });
  }

  /** After the answer the sliders follow the program again; JSON leaves the function out. */
  #withRelease(body) {
    body.after = () => setTimeout(() => { for (const one of Object.values(this.#sliders)) one.touched = false; }, 300);
    return body;
  }

  #chosen(frame) {
    const links = frame.links ?? [];
    if (this.#scope === 'control') return links.filter((link) => isControl(link.name));
    const names = new Set(this.#run.network.projections
      .filter((projection) => this.#scope === 'all' || projection.name === this.#scope || projection.projection === this.#scope)
      .map((projection) => projection.name));
    return links.filter((link) => names.has(link.name));
  }

  update(frame) {
    if (!frame) return;
    const links = this.#chosen(frame);
    const base = (name) => this.#run.network.projections.find((projection) => projection.name === name) ?? this.#run.controlBase.get(name);
    for (const [key, one] of Object.entries(this.#sliders)) {
      const values = links.map((link) => link[key] ?? 0);
      const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
      const mixed = values.some((value) => Math.abs(value - values[0]) > 1e-9);
      const bases = links.map((link) => base(link.name)?.[key]);
      const format = key === 'delay' ? (value) => `${plain(value)} τ` : share;
      const changed = !mixed && bases.length > 0 && bases.every((value) => value === bases[0]) && Math.abs((bases[0] ?? 0) - values[0]) > 1e-9;
      one.follow(Number(mean.toFixed(4)), mixed ? 'links differ' : changed ? `file: ${format(bases[0])}` : one.touched ? `now: ${format(values[0])}` : '');
    }
    this.#showFacts(links);
    const able = this.#run.controllable;
    this.#sender.enable(able);
    this.#flipSender.enable(able);
    for (const one of [...Object.values(this.#sliders), this.#holding, this.#flip]) if (one) one.input.disabled = !able;
  }

  #showFacts(links) {
    const { recent } = this.#run;
    const sums = { sent: 0, delivered: 0, lost: 0, waiting: 0 };
    for (const link of links) {
      const late = recent.link(link.name);
      sums.sent += late?.sent ?? 0;
      sums.delivered += late?.delivered ?? 0;
      sums.lost += (late?.lost ?? 0) + (late?.cutOff ?? 0) + (late?.network ?? 0);
      sums.waiting += link.waiting ?? 0;
    }
    const known = recent.tau > 0;
    setText(this.#facts.get('sent'), known ? `${fixed(sums.sent / recent.tau, 1)}/τ` : '–');
    setText(this.#facts.get('delivered'), known && sums.sent ? percent(sums.delivered / sums.sent) : '–');
    setText(this.#facts.get('lost'), known && sums.sent ? percent(sums.lost / sums.sent) : '–');
    setText(this.#facts.get('waiting'), short(sums.waiting));
  }
}
