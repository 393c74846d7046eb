// What is known of the selected point: its settings, its numbers, and each of its runs.
import { byId, el, isNumber, percent } from './format.js';

export class DetailView {
  #sweep;
  #seen = '';

  constructor(sweep) {
    this.#sweep = sweep;
  }

  describe() {
    this.#seen = '';
  }

  update() {
    const { points, selected } = this.#sweep;
    const point = selected === null ? null : points.at(selected);
    const seen = JSON.stringify([selected, point]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    byId('detail').replaceChildren(...(point ? this.#of(point) : [el('p', { class: 'quiet', text: 'Click a point, or a row of the table.' })]));
  }

  #of(point) {
    const { points, selected } = this.#sweep;
    const facts = [...points.settingsOf(selected), [points.about.measure.name, points.text(point.mean)], ['95 % interval', points.interval(point)],
      ['runs', `${point.done} done, ${point.failed} failed, ${point.running} running of ${points.about.seeds}`],
      ['messages lost', percent(point.lost)], ['time of a run', isNumber(point.seconds) ? `${point.seconds.toFixed(1)} s` : '–']];
    return [el('dl', {}, ...facts.flatMap(([name, text]) => [el('dt', { text: name }), el('dd', { text })])),
      el('h3', { text: 'Its runs' }),
      point.seeds.length === 0 ? el('p', { class: 'quiet', text: 'None is over yet.' }) : el('ol', {}, ...point.seeds.map((seed) => el('li', {},
        `seed ${seed.seed}`, el('b', { text: seed.message ? '✕ failed' : points.text(seed.value) }),
        seed.message ? el('small', { class: 'error', text: seed.message }) : null,
        ...seed.warnings.map((warning) => el('small', { text: warning })))))];
  }
}
