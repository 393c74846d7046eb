// Two settings: a cell for each pair of values, which fills when its runs are over.
import { byId, el, isNumber, setAttribute, setText } from './format.js';
import { ink, viridis } from './viridis.js';

const mostWithText = 16;

export class MapView {
  #sweep;
  #select;
  #cells = new Map();
  #built = '';

  constructor(sweep, select) {
    this.#sweep = sweep;
    this.#select = select;
  }

  describe() {
    this.#built = '';
  }

  update() {
    const { points, choice } = this.#sweep;
    byId('map-box').hidden = choice.up === null;
    const range = points.range();
    byId('scale').hidden = choice.up === null || !range;
    if (range) {
      setText(byId('scale-low'), points.text(range[0]));
      setText(byId('scale-high'), points.text(range[1]));
    }
    if (choice.up === null) return;
    this.#build();
    for (const [number, cell] of this.#cells) this.#fill(number, cell, range);
  }

  #build() {
    const { points, choice } = this.#sweep;
    const columns = choice.order(choice.across);
    const rows = choice.order(choice.up).reverse();
    const numbers = rows.map((up) => columns.map((across) => choice.point(across, up)));
    const key = JSON.stringify([choice.across, choice.up, numbers]);
    if (key === this.#built) return;
    this.#built = key;
    this.#cells.clear();
    const [across, up] = [points.about.variations[choice.across], points.about.variations[choice.up]];
    const table = byId('map');
    const wide = Math.min(170, Math.max(40, 16 + 7.2 * Math.max(...up.values.map((value) => value.length))));
    table.classList.toggle('many', columns.length > mostWithText);
    table.replaceChildren(
      el('caption', { text: `↑ ${up.name}` }),
      el('tbody', {}, ...rows.map((value, row) => el('tr', {}, el('th', { scope: 'row', class: 'value', style: `width: ${wide}px`, text: up.values[value] }), ...numbers[row].map((number) => el('td', {}, this.#cell(number)))))),
      el('tfoot', {}, el('tr', {}, el('th'), ...columns.map((value) => el('th', { scope: 'col', text: across.values[value] }))),
        el('tr', {}, el('th'), el('th', { class: 'axis', scope: 'colgroup', colspan: columns.length, text: `${across.name} →` }))));
  }

  #cell(number) {
    const cell = el('button', { type: 'button', class: 'cell', 'data-testid': `cell-${number}`, onclick: () => this.#select(number) }, el('span'), el('small', { class: 'sign' }));
    this.#cells.set(number, cell);
    return cell;
  }

  #fill(number, cell, range) {
    const { points, selected } = this.#sweep;
    const point = points.at(number);
    const state = points.stateOf(number);
    const known = isNumber(point.mean);
    const part = known && range[1] > range[0] ? (point.mean - range[0]) / (range[1] - range[0]) : 1;
    cell.style.background = known ? viridis(part) : '';
    cell.style.color = known ? ink(part) : '';
    setAttribute(cell, 'data-state', state);
    setAttribute(cell, 'data-failed', String(point.failed));
    setAttribute(cell, 'data-dead', String(point.dead));
    setAttribute(cell, 'aria-pressed', String(selected === number));
    setAttribute(cell, 'data-tip', points.words(number));
    setAttribute(cell, 'aria-label', points.words(number));
    const signs = `${point.failed ? `✕${point.failed}` : ''}${point.dead ? '◌' : ''}`;
    setText(cell.firstChild, `${known ? points.text(point.mean, false) : ''}${signs ? `${known ? ' ' : ''}${signs}` : ''}`);
    setText(cell.lastChild, state === 'running' ? `▶${known ? ` ${point.done + point.failed}/${points.about.seeds}` : ''}` : state === 'part' ? `${point.done + point.failed}/${points.about.seeds}` : '');
  }
}
