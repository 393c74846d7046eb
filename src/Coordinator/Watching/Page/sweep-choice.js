// Which settings are the axes, and at which values the others are held.
import { byId, el } from './format.js';

export class Choice {
  /** Number of the setting across, and of that upwards; null for a line over the first alone. */
  across;
  up = null;
  #at;
  #points;
  #changed;

  constructor(points, changed) {
    this.#points = points;
    this.#changed = changed;
    const { variations } = points.about;
    this.#at = variations.map(() => 0);
    // Numbers make the better axes, and what reports tune is none of the questions.
    const order = variations.map((one, index) => ({ index, rank: (one.values.length > 1 ? 0 : 4) + (one.tuned ? 2 : 0) + (one.numbers ? 0 : 1) }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index);
    this.across = order[0].index;
    if (order.length > 1 && variations[order[1].index].values.length > 1) this.up = order[1].index;
    this.#show();
  }

  /** The point at some values of the two axes. */
  point(across, up) {
    const at = [...this.#at];
    at[this.across] = across;
    if (this.up !== null) at[this.up] = up;
    return this.#points.numberOf(at);
  }

  /** Numbers of the values in the order of an axis. */
  order(setting) {
    const { numbers, values } = this.#points.about.variations[setting];
    const all = values.map((_, index) => index);
    return numbers ? all.sort((a, b) => numbers[a] - numbers[b]) : all;
  }

  /** Shows a point: the other settings take its values. */
  include(number) {
    const at = this.#points.choiceOf(number);
    const other = at.some((value, index) => index !== this.across && index !== this.up && this.#at[index] !== value);
    if (!other) return;
    this.#at = at;
    this.#show();
  }

  #show() {
    const { variations } = this.#points.about;
    const names = variations.map((one) => one.tuned ? `${one.name} (tuned)` : one.name);
    const several = variations.map((_, index) => index).filter((index) => variations[index].values.length > 1);
    const fields = [];
    if (several.length > 1) {
      fields.push(this.#select('axis-across', 'across', several.map((index) => [index, names[index]]), this.across, (value) => {
        if (value === this.up) this.up = this.across;
        this.across = value;
      }));
      fields.push(this.#select('axis-up', 'upwards', [['', 'the measure'], ...several.map((index) => [index, names[index]])], this.up ?? '', (value) => {
        if (value === this.across) this.across = this.up ?? several.find((index) => index !== value);
        this.up = value;
      }));
    }
    for (const index of several.filter((one) => one !== this.across && one !== this.up)) {
      fields.push(this.#select(`at-${index}`, names[index], variations[index].values.map((value, number) => [number, value]), this.#at[index], (value) => { this.#at[index] = value; }));
    }
    byId('axes').replaceChildren(...fields);
    byId('axes').hidden = fields.length === 0;
  }

  #select(id, label, options, chosen, take) {
    const list = el('select', { id, 'data-testid': id }, ...options.map(([value, text]) => el('option', { value: String(value), selected: value === chosen, text })));
    list.addEventListener('change', () => {
      take(list.value === '' ? null : Number(list.value));
      this.#show();
      byId(id)?.focus();
      this.#changed();
    });
    return el('label', {}, label, list);
  }
}
