// The phase raster: one row for the coordinator and one for each slice, drawn like traces of a logic analyser. Positive
// phases lie above the row's middle and negative ones below, so that polarity does not depend on colour.
import { byId, count, fixed, percent, plain, setAttribute, signOf, slowness } from './format.js';
import { onTheme, palette } from './theme.js';

const axisHeight = 20;
const right = 46;
const phasesShown = 4.5;
const labelRows = 18;
const longestName = 15;

export class RasterView {
  #run;
  #canvas = byId('raster');
  #context = this.#canvas.getContext('2d');
  #rows = [];
  #left = 80;
  #window = 0;
  #size = { width: 0, height: 0, ratio: 1 };
  #describedAt = 0;
  #shown = null;

  constructor(run) {
    this.#run = run;
    new ResizeObserver(() => this.#resize()).observe(this.#canvas.parentElement);
    onTheme(() => this.#redraw());
  }

  describe(network) {
    this.#window = 0;
    const cut = (name) => name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
    this.#rows = network.populations.flatMap((population) => population.slices.map((slice, index) => ({
      index: slice.index, first: index === 0, population: cut(population.name),
      name: population.slices.length > 1 ? `${cut(population.name)} ${index}` : cut(population.name),
    })));
    const longest = Math.max(11, ...this.#rows.map((row) => row.name.length));
    this.#left = Math.min(112, 14 + 6.4 * longest);
    this.#redraw();
  }

  #resize() {
    const box = this.#canvas.parentElement.getBoundingClientRect();
    const ratio = Math.min(2, devicePixelRatio || 1);
    const width = Math.floor(box.width);
    const height = Math.floor(box.height);
    if (width < 10 || height < 10) return;
    this.#size = { width, height, ratio };
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    this.#redraw();
  }

  #redraw() {
    this.#shown = null;
    if (this.#run.moment) this.update();
  }

  update() {
    const { width, height, ratio } = this.#size;
    const frame = this.#run.moment;
    if (!width || frame === this.#shown) return;
    this.#shown = frame;
    const context = this.#context;
    const colours = palette();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const coordinator = frame.raster?.coordinator ?? [];
    const spans = new Map((frame.raster?.slices ?? []).map((slice) => [slice.index, slice.spans ?? []]));
    this.#chooseWindow(coordinator);
    const rows = this.#rows.length + 1;
    const top = Math.max(26, Math.min(84, (height - axisHeight) / (rows + 0.4))) + 6;
    const rowHeight = Math.min(84, (height - axisHeight - top) / Math.max(1, rows - 1));
    const bottom = top + rowHeight * (rows - 1);
    const x = (time) => this.#left + (width - this.#left - right) * Math.max(0, 1 + time / this.#window);
    this.#drawAxis(colours, x, bottom);
    if (this.#run.sampled) this.#text(colours.muted, 'sampled', 4, bottom + 11, 'left');
    this.#drawBorders(colours, coordinator, x, bottom);
    this.#drawInterventions(colours, frame, x, bottom);
    this.#drawRow(colours, 'coordinator', coordinator, 0, top - 6, x, true);
    const states = new Map((frame.slices ?? []).map((slice) => [slice.index, slice]));
    const begins = new Map(coordinator.map((span) => [span.phase, span.from]));
    let lagSum = 0;
    let lagged = 0;
    this.#rows.forEach((row, index) => {
      const list = spans.get(row.index) ?? [];
      const label = rows <= labelRows ? row.name : row.first ? row.population : '';
      const y = top + rowHeight * index;
      this.#drawRow(colours, label, list, y, rowHeight, x, false, states.get(row.index));
      const lag = meanLag(list, begins);
      if (states.get(row.index)?.silenced) {
        if (rows <= labelRows) this.#text(colours.changed, 'silent', width - 4, y + rowHeight / 2, 'right');
        return;
      }
      const slow = slowness(states.get(row.index)?.pace);
      if (slow) {
        // Its own time runs otherwise than the coordinator's, so that a difference would mean nothing.
        if (rows <= labelRows) this.#text(colours.changed, `${plain(slow)}× slow`, width - 2, y + rowHeight / 2, 'right', right - 4);
        return;
      }
      if (lag === null) return;
      lagSum += lag;
      lagged++;
      if (rows <= labelRows) this.#text(colours.muted, `${fixed(lag, 1)} τ`, width - 4, y + rowHeight / 2, 'right');
    });
    this.#text(colours.muted, rows <= labelRows ? 'lag' : `lag ${fixed(lagged ? lagSum / lagged : null, 1)} τ`, width - 4, (top - 6) / 2, 'right', right - 4);
    this.#describe(frame, lagged ? lagSum / lagged : null);
  }

  /** In steps, and only when the phases no longer fit well: a scale that follows every phase would flicker. */
  #chooseWindow(coordinator) {
    const first = coordinator[0];
    const mean = first ? -first.from / coordinator.length : 0;
    if (!(mean > 0)) {
      this.#window ||= 50;
      return;
    }
    const wish = mean * phasesShown;
    if (this.#window && wish < 1.6 * this.#window && wish > 0.45 * this.#window) return;
    const power = 10 ** Math.floor(Math.log10(wish));
    this.#window = power * [1, 2, 3, 5, 7.5, 10].find((step) => step * power >= wish);
  }

  #drawAxis(colours, x, bottom) {
    const step = this.#window / 5;
    for (let i = 0; i <= 5; i++) {
      const time = -step * i;
      this.#line(colours.line, x(time), 0, x(time), bottom);
      const text = i === 0 ? 'now' : `−${Number((-time).toPrecision(3))}${i === 5 ? ' τ' : ''}`;
      this.#text(colours.muted, text, x(time), bottom + 11, 'center');
    }
  }

  /** Ends of the coordinator's phases run through all rows: what a slice's own edge lies behind is its lag. */
  #drawBorders(colours, coordinator, x, bottom) {
    this.#context.setLineDash([2, 3]);
    for (const span of coordinator) if (span.from > -this.#window) this.#line(colours.muted, x(span.from), 0, x(span.from), bottom);
    this.#context.setLineDash([]);
  }

  #drawInterventions(colours, frame, x, bottom) {
    for (const intervention of (frame.interventions ?? []).slice(-20)) {
      const time = intervention.tau - frame.tau;
      if (!(time > -this.#window) || time > 0) continue;
      this.#context.lineWidth = 2;
      this.#line(colours.changed, x(time), 0, x(time), bottom);
      this.#context.lineWidth = 1;
    }
  }

  #drawRow(colours, label, spans, top, rowHeight, x, isCoordinator, state) {
    const context = this.#context;
    const middle = top + rowHeight / 2;
    const half = Math.max(1.5, rowHeight * 0.4);
    if (label) this.#text(isCoordinator ? colours.text : colours.muted, label, 4, middle, 'left', this.#left - 10);
    this.#line(colours.line, this.#left, middle, x(0), middle);
    for (const span of spans) {
      if (!(span.until > -this.#window)) continue;
      const from = x(Math.max(span.from, -this.#window));
      const until = x(Math.min(0, span.until));
      context.fillStyle = span.polarity > 0 ? colours.positive : span.polarity < 0 ? colours.negative : colours.line;
      context.globalAlpha = state?.silenced ? 0.35 : 1;
      const y = span.polarity > 0 ? middle - half : span.polarity < 0 ? middle : middle - half / 3;
      context.fillRect(from, y, Math.max(1, until - from - 1.5), span.polarity ? half : half * 2 / 3);
      context.globalAlpha = 1;
      if (isCoordinator) this.#nameSpan(colours, span, from, until, middle + (span.polarity > 0 ? half / 2 : -half / 2));
      this.#drawMarks(colours, span, (from + until) / 2, middle + (span.polarity > 0 ? half / 2 : -half / 2), Math.max(2.2, Math.min(4, half / 1.5)));
    }
  }

  #nameSpan(colours, span, from, until, y) {
    const text = `${count(span.phase)} ${signOf(span.polarity)}`;
    if (this.#context.measureText(text).width + 8 < until - from) this.#text(colours.muted, text, (from + until) / 2, y, 'center');
  }

  /** On the free half of the row, where nothing lies behind them. */
  #drawMarks(colours, span, x, y, size) {
    const context = this.#context;
    context.lineWidth = 1.5;
    if (span.gated > 0) {
      context.strokeStyle = colours.text;
      context.beginPath();
      context.arc(span.wrongSign > 0 ? x - size - 2 : x, y, size, 0, 2 * Math.PI);
      context.stroke();
    }
    if (span.wrongSign > 0) {
      const centre = span.gated > 0 ? x + size + 2 : x;
      this.#line(colours.bad, centre - size, y - size, centre + size, y + size);
      this.#line(colours.bad, centre - size, y + size, centre + size, y - size);
    }
    context.lineWidth = 1;
  }

  #line(colour, x1, y1, x2, y2) {
    this.#context.strokeStyle = colour;
    this.#context.beginPath();
    this.#context.moveTo(x1, y1);
    this.#context.lineTo(x2, y2);
    this.#context.stroke();
  }

  #text(colour, text, x, y, align, limit) {
    this.#context.fillStyle = colour;
    this.#context.textAlign = align;
    this.#context.fillText(text, x, y, limit);
  }

  #describe(frame, lag) {
    const now = performance.now();
    if (now - this.#describedAt < 2000) return;
    this.#describedAt = now;
    const slices = frame.slices ?? [];
    const behind = slices.filter((slice) => slice.phase !== frame.phase).length;
    setAttribute(this.#canvas, 'aria-label', `Phase raster. The coordinator is in phase ${count(frame.phase)}; ${behind} of ${slices.length} slices (${percent(slices.length ? behind / slices.length : null, 0)}) are in another one. Mean lag ${fixed(lag, 1)} τ.`);
  }
}

/** How long after the coordinator a slice enters a phase, over the phases shown. */
function meanLag(spans, begins) {
  let sum = 0;
  let found = 0;
  for (const span of spans) {
    const begin = begins.get(span.phase);
    if (begin === undefined || !Number.isFinite(span.from)) continue;
    sum += span.from - begin;
    found++;
  }
  return found ? Math.max(0, sum / found) : null;
}
