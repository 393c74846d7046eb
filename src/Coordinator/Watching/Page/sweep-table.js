// All points with their measures.
import { byId, el, isNumber, percent, setAttribute, setText } from './format.js';

const mostRows = 500;
const signs = { waiting: '', running: '▶ running', part: 'some runs over', done: 'done' };

export class TableView {
  #sweep;
  #select;
  #rows = [];

  constructor(sweep, select) {
    this.#sweep = sweep;
    this.#select = select;
  }

  describe() {
    const { points } = this.#sweep;
    const { variations, measure } = points.about;
    const columns = [...variations.map((one) => [one.name, !one.numbers]), ['state', true], ['runs', false], ['failed', false], ['silent', false], [`mean ${measure.name}`, false], ['95 % interval', false], ['messages lost', false], ['time of a run', false]];
    this.#rows = Array.from({ length: Math.min(points.length, mostRows) }, (_, number) => {
      const cells = columns.map(([, word], index) => el('td', { class: word ? 'word' : null, text: index < variations.length ? variations[index].values[points.choiceOf(number)[index]] : '' }));
      const row = el('tr', { tabindex: 0, 'data-testid': `row-${number}`, onclick: () => this.#take(number), onkeydown: (event) => { if (event.key === 'Enter') this.#take(number); } }, ...cells);
      return { row, cells: cells.slice(variations.length) };
    });
    byId('points').replaceChildren(
      el('thead', {}, el('tr', {}, ...columns.map(([text, word]) => el('th', { scope: 'col', class: word ? 'word' : null, text })))),
      el('tbody', {}, ...this.#rows.map(({ row }) => row)),
      ...(points.length > mostRows ? [el('tfoot', {}, el('tr', {}, el('td', { class: 'word', colspan: columns.length, text: `… and ${points.length - mostRows} more, in sweep.csv` })))] : []));
  }

  update() {
    const { points, selected } = this.#sweep;
    this.#rows.forEach(({ row, cells }, number) => {
      const point = points.at(number);
      const state = points.stateOf(number);
      const texts = [state === 'done' && point.failed ? (point.done ? '✕ some failed' : '✕ failed') : signs[state], `${point.done + point.failed}/${points.about.seeds}`, point.failed ? `✕ ${point.failed}` : '0', point.dead ? `◌ ${point.dead}` : '0',
        points.text(point.mean), points.interval(point), percent(point.lost), isNumber(point.seconds) ? `${point.seconds.toFixed(1)} s` : '–'];
      texts.forEach((text, index) => setText(cells[index], text));
      setAttribute(row, 'aria-selected', String(selected === number));
    });
  }

  #take(number) {
    this.#sweep.choice.include(number);
    this.#select(number);
  }
}
