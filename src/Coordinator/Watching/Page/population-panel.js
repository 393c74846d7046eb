// What can be seen of and done to a population: its clock, its links, and the weights of one unit.
import { getJson } from './connection.js';
import { holding, Sender, slider } from './fields.js';
import { count, el, plain, polarityName, scientific, setText, slowness } from './format.js';
import { bytes, paintWeights } from './images.js';
import { onTheme } from './theme.js';

const refreshEvery = 2000;
let current = null;

// One listener for all panels that there will be: each new panel takes the place of the last one.
onTheme(() => current?.repaint());

export class PopulationPanel {
  #run;
  #population;
  #sender = new Sender();
  #slow = slider({ id: 'slow-factor', label: 'Slower by', min: 1, max: 20, step: 0.5, format: (value) => `${plain(value)} times` });
  #facts = new Map();
  #holding;
  #unit = null;
  #unitInput;
  #weights = el('div', { class: 'weights' });
  #weightsNote = el('p', { class: 'message', role: 'status' });
  #askedAt = 0;
  #asking = false;
  #images = [];

  constructor(run) {
    current = this;
    this.#run = run;
    const population = run.network.populations.find((one) => one.name === run.selection.name);
    this.#population = population;
    const { name, role, size, slices } = population;
    this.#slow.input.value = '4';
    this.#slow.input.dispatchEvent(new Event('input'));
    const sender = this.#sender;
    this.#holding = holding();
    const length = () => this.#holding.length();
    this.#unitInput = el('input', { type: 'number', id: 'unit', 'data-testid': 'unit', min: 0, max: size - 1, step: 1, placeholder: '–' });
    this.#unitInput.addEventListener('change', () => this.#choose(this.#unitInput.value === '' ? null : Number(this.#unitInput.value)));
    this.root = el('div', { class: 'inspector' },
      el('h3', {}, name, el('small', { text: ` ${role}, ${count(size)} units in ${count(slices.length)} ${slices.length === 1 ? 'slice' : 'slices'}` })),
      this.#makeFacts(),
      el('div', { class: 'slow control' }, this.#slow.root,
        sender.button('slow-population', 'Slow clock', () => ({ kind: 'slow-population', population: name, factor: this.#slow.value, ...length() }), { tip: 'Its clock runs slower by this factor: fewer steps a τ' })),
      el('div', { class: 'buttons control' },
        sender.button('silence-population', 'Silence', () => ({ kind: 'silence-population', population: name, ...length() }), { tip: 'Its clock stands still: it neither learns nor sends' }),
        sender.button('cut-population', 'Cut links', () => ({ kind: 'cut-population', population: name, ...length() }), { tip: 'All links that reach or leave it are cut' }),
        this.#holding.root,
        sender.button('restore-population', 'Restore', () => ({ kind: 'restore-population', population: name }), { tip: 'Clock and links as in the experiment file' }),
        sender.message),
      el('div', { class: 'unit' }, el('label', { for: 'unit', text: 'Weights of unit' }), this.#unitInput, this.#weightsNote),
      this.#weights, el('p', { class: 'caption', text: 'Green: positive weights. Violet: negative ones. Click a unit in the drawing to see another.' }));
  }

  #makeFacts() {
    const names = ['phase', 'polarity', 'local time', 'clock'];
    return el('dl', { class: 'facts' }, ...names.map((text) => {
      const value = el('dd', { text: '–' });
      this.#facts.set(text, value);
      return el('div', {}, el('dt', { text }), value);
    }));
  }

  selected({ unit }) {
    if (unit !== null && unit !== undefined) this.#choose(unit);
  }

  #choose(unit) {
    this.#unit = unit !== null && Number.isInteger(unit) && unit >= 0 && unit < this.#population.size ? unit : null;
    const text = this.#unit === null ? '' : String(this.#unit);
    if (this.#unitInput.value !== text) this.#unitInput.value = text;
    this.#askedAt = 0;
    if (this.#unit === null) this.#weights.replaceChildren();
    else this.#ask();
  }

  async #ask() {
    if (this.#asking || this.#unit === null) return;
    this.#asking = true;
    this.#askedAt = performance.now();
    const unit = this.#unit;
    const slice = this.#population.slices.find((one) => unit >= one.first && unit < one.first + one.count);
    try {
      const { images } = await getJson('/api/weights', { slice: slice?.index ?? 0, unit: unit - (slice?.first ?? 0) });
      if (unit === this.#unit) this.#show(images ?? []);
      setText(this.#weightsNote, images?.length ? '' : 'No weights arrive at this unit.');
    } catch (error) {
      setText(this.#weightsNote, error.message);
    }
    this.#asking = false;
    if (unit !== this.#unit) this.#ask();
  }

  #show(images) {
    this.#images = images;
    const figures = [...this.#weights.children];
    const same = figures.length === images.length && images.every((image, index) => figures[index].dataset.projection === image.projection);
    if (!same) {
      this.#weights.replaceChildren(...images.map((image) => {
        const figure = el('figure', { 'data-projection': image.projection }, el('canvas', { role: 'img', 'aria-label': `Weights from ${image.projection}` }), el('figcaption', {}, el('b', { text: image.projection }), el('span')));
        // A row of cells is drawn higher than it is, or it could not be seen.
        const shape = image.width / Math.max(1, image.height, image.width / 6);
        Object.assign(figure.firstChild.style, { width: `${Math.round(Math.min(156, 84 * shape))}px`, height: `${Math.round(Math.min(156, 84 * shape) / shape)}px` });
        return figure;
      }));
    }
    this.repaint();
  }

  repaint() {
    this.#images.forEach((image, index) => {
      const figure = this.#weights.children[index];
      if (!figure) return;
      paintWeights(figure.firstChild, bytes(image.values), Math.max(1, image.width || 1), image.low ?? 0, image.high ?? 0);
      setText(figure.lastChild.lastChild, `${scientific(image.low)} to ${scientific(image.high)}`);
    });
  }

  update(frame) {
    const own = new Set(this.#population.slices.map((slice) => slice.index));
    const states = (frame.slices ?? []).filter((slice) => own.has(slice.index));
    const phases = states.map((slice) => slice.phase ?? 0);
    const range = (values, format) => {
      if (!values.length) return '–';
      const low = Math.min(...values);
      const high = Math.max(...values);
      return format(low) === format(high) ? format(low) : `${format(low)} … ${format(high)}`;
    };
    const polarities = new Set(states.map((slice) => slice.polarity));
    setText(this.#facts.get('phase'), range(phases, count));
    setText(this.#facts.get('polarity'), polarities.size === 1 ? polarityName([...polarities][0]) : polarities.size ? 'mixed' : '–');
    setText(this.#facts.get('local time'), `${range(states.map((slice) => slice.localTau ?? 0), count)} τ`);
    setText(this.#facts.get('clock'), states.some((slice) => slice.silenced) ? 'silenced' : range(states.map((slice) => slowness(slice.pace) ?? 1), (value) => value === 1 ? 'as set' : `${plain(value)} × slower`));
    this.#sender.enable(this.#run.controllable);
    this.#slow.input.disabled = this.#holding.input.disabled = !this.#run.controllable;
    if (this.#unit !== null && frame.state === 'running' && performance.now() - this.#askedAt > refreshEvery) this.#ask();
  }
}
