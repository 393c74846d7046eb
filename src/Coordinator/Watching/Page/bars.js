// Bars: what became of the messages of each link, and how old the activity was that updates used.
import { axis, legend, tooltip } from './charts.js';
import { isNumber, plain } from './format.js';

export const fates = [
  { key: 'delivered', name: 'delivered' },
  { key: 'waiting', name: 'under way' },
  { key: 'lost', name: 'lost (model)' },
  { key: 'cutOff', name: 'cut off (model)' },
  { key: 'network', name: 'lost by network' },
];

/** names from the bottom to the top; shares has for each of them the percentages of the fates. */
export function ledgerOptions(colours, names, shares) {
  const fill = { delivered: colours.delivered, waiting: colours.waiting, lost: colours.lost, cutOff: colours.cut, network: colours.real };
  const hatch = { cutOff: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: colours.panel }, network: { symbol: 'circle', symbolSize: 0.6, color: colours.panel } };
  const left = Math.min(160, 14 + 6 * Math.max(...names.map((name) => name.length)));
  return {
    grid: { left, right: 22, top: 42, bottom: 22 }, legend: legend(colours, { left: 0, right: 0, itemGap: 8 }),
    xAxis: axis(colours, { type: 'value', min: 0, max: 100, interval: 25, axisLabel: { formatter: '{value} %', hideOverlap: false } }),
    yAxis: axis(colours, { type: 'category', data: names, axisLabel: { width: left - 10, overflow: 'truncate', interval: 0, hideOverlap: false }, axisTick: { show: false } }),
    tooltip: tooltip(colours, { axisPointer: { type: 'shadow' }, valueFormatter: (value) => `${Number(value).toFixed(2)} %` }),
    series: fates.map(({ key, name }, index) => ({
      name, type: 'bar', stack: 'fate', barMaxWidth: 16, itemStyle: { color: fill[key], decal: hatch[key] ?? { symbol: 'none' }, borderColor: colours.panel, borderWidth: 0.5 },
      data: shares.map((values) => values[index]),
    })),
  };
}

/** Histograms over the same bins, drawn over each other: { name, counts, outline }. */
export function stalenessOptions(colours, bins, histograms) {
  const shares = (counts) => {
    const sum = counts.reduce((a, b) => a + b, 0);
    return counts.map((value) => sum > 0 ? 100 * value / sum : 0);
  };
  const most = Math.max(...histograms.flatMap(({ counts }) => shares(counts)));
  return {
    grid: { left: 40, right: 14, top: 26, bottom: 36 }, legend: legend(colours, { show: histograms.length > 1 }),
    xAxis: axis(colours, { type: 'category', name: 'age in τ, up to', nameGap: 22, axisLabel: { interval: bins.length > 10 ? 2 : 0, hideOverlap: false, fontSize: 10 }, data: bins.map((bin) => isNumber(bin.upTo) ? plain(bin.upTo) : 'more') }),
    yAxis: axis(colours, { type: 'value', min: 0, max: most > 50 ? 100 : most > 25 ? 50 : 25, axisLabel: { formatter: '{value} %' } }),
    tooltip: tooltip(colours, { valueFormatter: (value) => `${Number(value).toFixed(1)} %` }),
    series: histograms.map(({ name, counts, outline }) => outline
      ? { name, type: 'bar', barGap: '-100%', silent: true, data: shares(counts), itemStyle: { color: 'transparent', borderColor: colours.text, borderWidth: 1.3 } }
      : { name, type: 'bar', barCategoryGap: '18%', data: shares(counts), itemStyle: { color: colours.accent } }),
  };
}
