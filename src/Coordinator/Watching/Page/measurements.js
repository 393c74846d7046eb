// Ledger, staleness, updates: the tabs of measurements.
import { fates, ledgerOptions, stalenessOptions } from './bars.js';
import { axis, Chart, legend, tooltip } from './charts.js';
import { byId, count, el, fixed, isNumber, percent, plain, scientific, setText, short } from './format.js';
import { histogramMean } from './recent.js';

const normPoints = 240;

export class MeasurementsView {
  #run;
  #whole = false;
  #ledger;
  #staleness;
  #norms;
  #history = new Map();
  #historyAt = -1;
  #rows = new Map();

  constructor(run) {
    this.#run = run;
    this.#ledger = new Chart('ledger', (colours) => this.#ledgerOptions(colours), () => `Ledger of messages. ${byId('ledger-sum').textContent}`);
    this.#staleness = new Chart('staleness', (colours) => this.#stalenessOptions(colours), () => this.#stalenessText());
    this.#norms = new Chart('norms', (colours) => this.#normOptions(colours), () => 'Update norm of each population over presentations');
    byId('ledger-span').addEventListener('change', () => {
      this.#whole = byId('ledger-whole').checked;
      this.#ledger.draw(true);
    });
  }

  describe(network) {
    this.#history.clear();
    this.#historyAt = -1;
    this.#rows.clear();
    for (const chart of [this.#ledger, this.#staleness, this.#norms]) chart.reset();
    const head = [['', null], ['pos.', 'learnedPositive'], ['neg.', 'learnedNegative'], ['gated', 'gated'], ['wrong', 'wrong'], ['satur.', 'saturated'], ['dead', 'dead'], ['norm', 'norm']];
    const table = byId('updates');
    table.replaceChildren(el('thead', {}, el('tr', {}, ...head.map(([text, term]) => el('th', { scope: 'col' }, term ? el('span', { class: 'term', 'data-term': term, tabindex: 0, text }) : text)))));
    const body = el('tbody');
    for (const population of network.populations) {
      const cells = head.slice(1).map(() => el('td', { text: '–' }));
      body.append(el('tr', {}, el('th', { scope: 'row', text: population.name }), ...cells));
      this.#rows.set(population.name, cells);
    }
    table.append(body);
  }

  update(frame) {
    this.#remember(frame);
    this.#ledger.draw();
    this.#staleness.draw();
    this.#norms.draw();
    this.#sum(frame);
    setText(byId('symmetry'), fixed(frame.symmetry, 4));
    for (const population of frame.populations ?? []) {
      const cells = this.#rows.get(population.name);
      if (!cells) continue;
      const texts = [short(population.learnedPositive), short(population.learnedNegative), short(population.gated), short(population.wrongSign), percent(population.saturated), percent(population.dead), scientific(population.updateNorm)];
      texts.forEach((text, index) => setText(cells[index], text));
    }
  }

  /** One point for each half per mille of the run, at most normPoints: older ones are thinned out. */
  #remember(frame) {
    const at = frame.presentations ?? -1;
    const step = Math.max(1, (this.#run.network?.presentations ?? 0) / 2000);
    if (at < this.#historyAt + step) return;
    this.#historyAt = at;
    for (const { name, updateNorm } of frame.populations ?? []) {
      if (!isNumber(updateNorm) || updateNorm <= 0) continue;
      const list = this.#history.get(name) ?? [];
      list.push([at, updateNorm]);
      this.#history.set(name, list.length > normPoints ? list.filter((_, index) => index % 2 === 0 || index > normPoints / 2) : list);
    }
  }

  #sum(frame) {
    const total = { sent: 0, delivered: 0, lost: 0, cutOff: 0, network: 0 };
    for (const link of frame.links ?? []) for (const key of Object.keys(total)) total[key] += link[key] ?? 0;
    const part = (key) => percent(total.sent ? total[key] / total.sent : null);
    setText(byId('ledger-sum'), `Whole run: ${count(total.sent)} sent; by the models ${part('lost')} lost and ${part('cutOff')} cut off; by the network ${part('network')}.`);
  }

  #ledgerOptions(colours) {
    const { frame, recent } = this.#run;
    const links = [...(frame?.links ?? [])].reverse();
    if (!links.length) return null;
    // Many links need more height than the panel has; then it scrolls.
    byId('ledger').style.minHeight = links.length > 9 ? `${70 + 17 * links.length}px` : '';
    const rows = links.map((link) => {
      const counts = this.#whole ? link : recent.link(link.name) ?? link;
      const values = fates.map(({ key }) => key === 'waiting' ? link.waiting ?? 0 : counts[key] ?? 0);
      // Beside the counts of the last seconds, the few that are under way now would not say anything.
      if (!this.#whole) values[1] = 0;
      const sum = values.reduce((a, b) => a + b, 0);
      return { values, sum };
    });
    return ledgerOptions(colours, links.map((link) => link.name), rows.map(({ values, sum }) => values.map((value) => sum > 0 ? 100 * value / sum : 0)));
  }

  #stalenessOptions(colours) {
    const { frame, recent } = this.#run;
    const bins = frame?.staleness ?? [];
    if (!bins.length) return null;
    const all = bins.map((bin) => bin.count ?? 0);
    const late = recent.staleness() ?? all;
    return stalenessOptions(colours, bins, [{ name: 'last seconds', counts: late }, { name: 'whole run', counts: all, outline: true }]);
  }

  #stalenessText() {
    const { frame, recent } = this.#run;
    const bins = frame?.staleness ?? [];
    const late = recent.staleness();
    return `Histogram of staleness. Mean of late about ${plain(late ? histogramMean(bins, late) : null)} τ.`;
  }

  #normOptions(colours) {
    if (!this.#history.size) return null;
    const dashes = ['solid', 'dashed', 'dotted'];
    const lines = [colours.good, colours.accent, colours.changed, ...colours.nodes];
    return {
      grid: { left: 46, right: 14, top: 24, bottom: 34 }, legend: legend(colours, { type: 'scroll', left: 40 }),
      xAxis: axis(colours, { type: 'value', scale: true, name: 'presentations', nameGap: 20, axisLabel: { formatter: short } }),
      yAxis: axis(colours, { type: 'log', axisLabel: { formatter: (value) => value >= 0.001 && value < 1000 ? String(value) : value.toExponential(0) } }),
      tooltip: tooltip(colours, { valueFormatter: scientific }),
      series: [...this.#history].map(([name, data], index) => ({
        name, type: 'line', symbol: 'none', data, lineStyle: { width: 1.5, type: dashes[Math.floor(index / lines.length) % 3], color: lines[index % lines.length] }, itemStyle: { color: lines[index % lines.length] },
      })),
    };
  }
}
