// The learning curve, with interventions as vertical lines.
import { axis, Chart, legend, steppedEnd, tooltip } from './charts.js';
import { count, isNumber, percent, short } from './format.js';

const longestLabel = 38;
const mostMarks = 40;

export class CurveView {
  #run;
  #chart;
  #alignment;
  #seen = '';

  constructor(run) {
    this.#run = run;
    this.#chart = new Chart('curve', (colours) => this.#options(colours), () => this.#text());
    this.#alignment = new Chart('alignment', (colours) => this.#alignmentOptions(colours), () => this.#alignmentText());
  }

  describe() {
    this.#seen = '';
    this.#chart.reset();
    this.#alignment.reset();
  }

  update(frame) {
    const curve = frame.curve ?? [];
    const last = curve.at(-1);
    const marks = frame.interventions ?? [];
    const seen = `${curve.length} ${last?.presentations} ${last?.accuracy} ${marks.length} ${marks.filter((mark) => mark.undone).length} ${frame.alignment?.length}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#chart.draw();
    if (frame.alignment?.length) this.#alignment.draw();
  }

  #options(colours) {
    const { frame, network } = this.#run;
    if (!frame || !network) return null;
    const curve = (frame.curve ?? []).filter((point) => isNumber(point.presentations));
    const end = Math.max(frame.presentations ?? 0, ...curve.map((point) => point.presentations));
    const classes = network.classes?.length ?? 0;
    const points = (key) => curve.filter((point) => isNumber(point[key])).map((point) => [point.presentations, 100 * point[key]]);
    const running = points('running');
    const heldOut = points('accuracy');
    const nothing = running.length + heldOut.length === 0;
    const chance = classes > 1 && !nothing;
    return {
      grid: { left: 40, right: 14, top: 26, bottom: 36 },
      legend: legend(colours, { data: ['training, of late', 'held-out', ...(chance ? ['chance'] : [])] }),
      graphic: nothing ? [{ type: 'text', left: 'center', top: 'middle', style: { text: frame.presentations > 2000 ? 'This run measures no accuracy.' : 'No point yet.', fill: colours.muted, fontSize: 12 } }] : [{ type: 'text', style: { text: '' } }],
      xAxis: axis(colours, { type: 'value', min: 0, max: steppedEnd(end, network.presentations), name: 'presentations', nameGap: 22, axisLabel: { formatter: short } }),
      yAxis: axis(colours, { type: 'value', min: 0, max: 100, interval: 25, axisLabel: { formatter: '{value} %' } }),
      tooltip: tooltip(colours, { valueFormatter: (value) => `${Number(value).toFixed(1)} %` }),
      series: [
        { name: 'training, of late', type: 'line', data: running, symbol: running.length === 1 ? 'circle' : 'none', lineStyle: { width: 1.5, color: colours.muted }, itemStyle: { color: colours.muted }, markLine: this.#marks(colours, frame, steppedEnd(end, network.presentations)) },
        { name: 'held-out', type: 'line', data: heldOut, symbol: 'circle', symbolSize: 7, lineStyle: { width: 2, color: colours.good }, itemStyle: { color: colours.good } },
        ...(chance ? [{ name: 'chance', type: 'line', silent: true, symbol: 'none', lineStyle: { width: 1, type: 'dotted', color: colours.muted }, itemStyle: { color: colours.muted }, data: [[0, 100 / classes], [steppedEnd(end, network.presentations) ?? end, 100 / classes]] }] : []),
      ],
    };
  }

  /** Labels run along their lines; where lines are close together only the newest keeps its text. */
  #marks(colours, frame, end) {
    const marks = (frame.interventions ?? []).filter((mark) => isNumber(mark.presentations)).slice(-mostMarks);
    const room = (end ?? frame.presentations ?? 1) * 0.035;
    const data = marks.map((mark, index) => {
      const next = marks[index + 1];
      const crowded = next && next.presentations - mark.presentations < room;
      const text = mark.text?.length > longestLabel ? `${mark.text.slice(0, longestLabel - 1)}…` : mark.text ?? '';
      return {
        xAxis: mark.presentations, lineStyle: { opacity: mark.undone ? 0.45 : 1 },
        label: { show: !crowded, formatter: () => `${mark.number} ${text}${mark.undone ? ' (undone)' : ''}` },
      };
    });
    return {
      silent: true, symbol: 'none', animation: false, data, lineStyle: { color: colours.changed, type: [4, 3], width: 1.2 },
      label: { position: 'insideStartTop', color: colours.text, fontSize: 10, distance: 3, textBorderColor: colours.panel, textBorderWidth: 2 },
    };
  }

  #text() {
    const { frame } = this.#run;
    const heldOut = (frame.curve ?? []).findLast((point) => isNumber(point.accuracy));
    return `Learning curve. Accuracy in training ${percent(frame.runningAccuracy)}; held-out ${heldOut ? `${percent(heldOut.accuracy)} at ${count(heldOut.presentations)} presentations` : 'not measured yet'}. ${(frame.interventions ?? []).length} interventions.`;
  }

  #alignmentOptions(colours) {
    const { frame, network } = this.#run;
    const list = (frame?.alignment ?? []).filter((point) => isNumber(point.presentations));
    if (!list.length) return null;
    const points = (key) => list.filter((point) => isNumber(point[key])).map((point) => [point.presentations, point[key]]);
    return {
      grid: { left: 40, right: 14, top: 26, bottom: 36 }, legend: legend(colours),
      xAxis: axis(colours, { type: 'value', min: 0, max: steppedEnd(list.at(-1).presentations, network?.presentations), name: 'presentations', nameGap: 22, axisLabel: { formatter: short } }),
      yAxis: axis(colours, { type: 'value', scale: true }),
      tooltip: tooltip(colours, { valueFormatter: (value) => Number(value).toFixed(3) }),
      series: [
        { name: 'cosine', type: 'line', data: points('cosine'), symbolSize: 5, lineStyle: { color: colours.good }, itemStyle: { color: colours.good } },
        { name: 'slope', type: 'line', data: points('slope'), symbol: 'rect', symbolSize: 5, lineStyle: { color: colours.negative, type: 'dashed' }, itemStyle: { color: colours.negative } },
      ],
    };
  }

  #alignmentText() {
    const last = this.#run.frame?.alignment?.at(-1);
    return last ? `Gradient alignment. Cosine ${last.cosine}, slope ${last.slope}.` : 'Gradient alignment';
  }
}
