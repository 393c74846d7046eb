// The report of a run: draws its figures once, from the numbers within the page.
import { fates, ledgerOptions, stalenessOptions } from './bars.js';
import { axis, Chart, legend, rendering, tooltip } from './charts.js';
import { CurveView } from './curve.js';
import { byId, isNumber, percent, scientific, short } from './format.js';
import { showTheme, startTheme } from './theme.js';

const printedWidth = 640;
const data = JSON.parse(byId('data').textContent);
rendering.renderer = 'svg';
startTheme();

// What a figure shows is said once, by the program; the reader of a screen has it before any script runs.
function chart(id, options) {
  const words = byId(id).getAttribute('aria-label');
  new Chart(id, options, () => words);
}

const decade = (value) => value >= 0.001 && value < 1000 ? String(value) : value.toExponential(0).replace('-', '−');

function line(id, names, { percentage = false, log = false, format = short } = {}) {
  chart(id, (colours) => {
    const looks = [{ color: colours.good, type: 'solid' }, { color: colours.changed, type: 'dashed' }];
    const shown = names.map(([name, points]) => [name, points.map(([x, y]) => [x, percentage ? 100 * y : y]).filter(([, y]) => !log || y > 0)]);
    return {
      grid: { left: 56, right: 16, top: 26, bottom: 36 }, legend: legend(colours, { show: names.length > 1 }),
      xAxis: axis(colours, { type: 'value', min: 0, max: data.presentations || undefined, name: 'presentations', nameGap: 22, axisLabel: { formatter: short } }),
      yAxis: axis(colours, { type: log ? 'log' : 'value', scale: !percentage, ...(percentage ? { min: 0, max: 100 } : {}), axisLabel: { formatter: percentage ? '{value} %' : log ? decade : format } }),
      tooltip: tooltip(colours, { valueFormatter: percentage ? (value) => percent(value / 100) : format }),
      series: shown.map(([name, points], index) => ({ name, type: 'line', symbol: points.length === 1 ? 'circle' : 'none', data: points, lineStyle: { width: 1.8, ...looks[index] }, itemStyle: { color: looks[index].color } })),
    };
  });
}

const run = {
  network: { presentations: data.presentations, classes: Array(data.classes) },
  frame: { ...data, presentations: data.curve.at(-1)?.presentations ?? 0, runningAccuracy: data.curve.at(-1)?.running },
};
new CurveView(run).update(run.frame);

const links = [...data.links].reverse();
chart('ledger', (colours) => links.length ? ledgerOptions(colours, links.map((link) => link.name), links.map((link) => {
  const values = fates.map(({ key }) => link[key]);
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => sum > 0 ? 100 * value / sum : 0);
})) : null);
chart('staleness', (colours) => data.staleness.length ? stalenessOptions(colours, data.staleness, [{ name: 'whole run', counts: data.staleness.map((bin) => bin.count) }]) : null);
line('norms', [['update norm', data.norms]], { log: true, format: scientific });
line('units', [['saturated', data.saturated], ['dead', data.dead]], { percentage: true });
line('symmetry', [['symmetry', data.symmetry]], { format: (value) => isNumber(value) ? String(Number(value.toPrecision(5))) : '–' });
line('likelihood', [['−log likelihood', data.likelihood]], { format: short });

// Paper is white and narrow, whatever the screen is.
let before;
addEventListener('beforeprint', () => {
  before = showTheme('light');
  Chart.all.forEach((one) => one.resize(printedWidth));
});
addEventListener('afterprint', () => {
  showTheme(before);
  Chart.all.forEach((one) => one.resize());
});
