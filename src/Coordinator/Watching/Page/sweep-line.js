// One setting: means with 95 % intervals over seeds, single seeds as dots, and signs for runs that failed or fell silent.
import { axis, Chart, legend, tooltip } from './charts.js';
import { byId, isNumber } from './format.js';

export class LineView {
  #sweep;
  #chart;

  constructor(sweep, select) {
    this.#sweep = sweep;
    this.#chart = new Chart('line', (colours) => this.#options(colours), () => this.#text(), (event) => {
      if (isNumber(event.data?.point)) select(event.data.point);
    });
  }

  describe() {
    this.#chart.reset();
  }

  update() {
    const { choice } = this.#sweep;
    byId('line-box').hidden = choice.up !== null;
    if (choice.up === null) this.#chart.draw();
  }

  #series() {
    const { points, choice } = this.#sweep;
    return choice.order(choice.across).map((value) => ({ value, number: choice.point(value), point: points.at(choice.point(value)) }));
  }

  #text() {
    const { points } = this.#sweep;
    return this.#series().map(({ number }) => points.words(number)).join(' ');
  }

  #options(colours) {
    const { points, choice } = this.#sweep;
    if (!points?.frame || choice.up !== null) return null;
    const setting = points.about.variations[choice.across];
    const { measure } = points.about;
    const series = this.#series();
    // Zero has no place on a logarithmic axis; then values stand side by side.
    const type = !setting.numbers ? 'category' : !setting.logarithmic ? 'value' : setting.numbers.every((one) => one > 0) ? 'log' : 'category';
    const order = choice.order(choice.across);
    const x = (value) => type === 'category' ? order.indexOf(value) : setting.numbers[value];
    const known = series.flatMap(({ point }) => [point.low, point.high, point.mean, ...point.seeds.map((seed) => seed.value)]).filter(isNumber).map((value) => points.scaled(value));
    const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, measure.scale];
    const room = Math.max(high - low, 10 ** -measure.decimals) * 0.12;
    const [bottom, top] = [low - room, high + room];
    const numbers = setting.numbers ?? [];
    const ends = type === 'value' ? [Math.min(...numbers), Math.max(...numbers)] : null;
    const sign = (name, count, symbol, colour) => ({
      name, type: 'scatter', symbolSize: 0.01, itemStyle: { color: colour }, clip: false,
      data: series.filter(({ point }) => count(point)).map(({ value, number, point }) => ({ value: [x(value), bottom], point: number, name: `${symbol}${count(point)}` })),
      label: { show: true, position: 'top', distance: 2, color: colour, fontSize: 13, fontWeight: 'bold', formatter: ({ name: text }) => text },
    });
    const each = (values) => series.flatMap(values);
    return {
      grid: { left: 58, right: 24, top: 34, bottom: 42 },
      legend: legend(colours, { data: ['mean', 'single seeds'] }),
      xAxis: axis(colours, { type, name: setting.path, nameGap: 26, ...(type === 'category' ? { data: order.map((value) => setting.values[value]) } : {}), ...(ends ? { min: ends[0], max: ends[1] } : {}), axisLabel: { hideOverlap: true } }),
      yAxis: axis(colours, { type: 'value', min: bottom, max: top, axisLabel: { formatter: (value) => `${Number(value.toFixed(measure.decimals))}${measure.unit}`, showMinLabel: false, showMaxLabel: false } }),
      tooltip: tooltip(colours, { trigger: 'item', formatter: ({ data }) => escaped(points.words(data.point)), extraCssText: 'max-width: 320px; white-space: normal;' }),
      series: [
        { name: 'single seeds', type: 'scatter', symbolSize: 5, itemStyle: { color: colours.muted, opacity: 0.7 }, data: each(({ value, number, point }) => point.seeds.filter((seed) => isNumber(seed.value)).map((seed) => ({ value: [x(value), points.scaled(seed.value)], point: number }))) },
        { name: 'interval', type: 'custom', silent: true, itemStyle: { color: colours.good }, data: each(({ value, point }) => isNumber(point.low) ? [[x(value), points.scaled(point.low), points.scaled(point.high)]] : []), renderItem: (_, api) => bar(api, colours.good) },
        { name: 'mean', type: 'line', symbolSize: 9, symbol: 'circle', lineStyle: { width: 2, color: colours.good }, itemStyle: { color: colours.good }, data: each(({ value, number, point }) => isNumber(point.mean) ? [{ value: [x(value), points.scaled(point.mean)], point: number }] : []) },
        sign('failed', (point) => point.failed, '✕', colours.bad),
        sign('silent', (point) => point.dead, '◌', colours.changed),
      ],
    };
  }
}

function bar(api, colour) {
  const [x, from] = api.coord([api.value(0), api.value(1)]);
  const [, to] = api.coord([api.value(0), api.value(2)]);
  const lines = [[x, from, x, to], [x - 4, from, x + 4, from], [x - 4, to, x + 4, to]];
  return { type: 'group', children: lines.map(([x1, y1, x2, y2]) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5 } })) };
}

// The tooltip is HTML, and values of settings may hold anything.
function escaped(text) {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
