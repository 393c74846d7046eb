// What all charts share: Apache ECharts with our colours, drawn only while visible, at most twice a second.
import { onTheme, palette } from './theme.js';
import { byId } from './format.js';

const every = 500;
const font = 'system-ui, -apple-system, "Segoe UI", sans-serif';

/** Canvases are fast for what changes ten times a second; a page that stands still has its charts as SVG, which prints sharply. */
export const rendering = { renderer: 'canvas' };

export class Chart {
  /** All charts of the page. */
  static all = [];

  #box;
  #chart = null;
  #options;
  #drawnAt = 0;
  #timer = 0;
  #text;
  #themed = '';
  #clicked;
  #size = { width: 0, height: 0 };

  /**
   * options(colours) gives the whole option of ECharts, or null while there is nothing to show; text() describes it;
   * clicked(event) is told of clicks.
   */
  constructor(id, options, text, clicked = null) {
    this.#box = byId(id);
    this.#options = options;
    this.#text = text;
    this.#clicked = clicked;
    Chart.all.push(this);
    // Asking the element for its size at every frame would force a layout each time.
    new ResizeObserver(([entry]) => {
      this.#size = entry.contentRect;
      if (this.#visible) this.#chart?.resize();
      this.draw(true);
    }).observe(this.#box);
    onTheme(() => this.draw(true));
  }

  get #visible() {
    return this.#size.width > 20 && this.#size.height > 20 && !document.hidden;
  }

  draw(atOnce = false) {
    if (!this.#visible || typeof echarts === 'undefined') return;
    const wait = this.#drawnAt + every - performance.now();
    if (!atOnce && wait > 0) {
      // The last state before a pause must be drawn too.
      this.#timer ||= setTimeout(() => { this.#timer = 0; this.draw(true); }, wait);
      return;
    }
    this.#drawnAt = performance.now();
    const colours = palette();
    const options = this.#options(colours);
    if (!options) return;
    if (!this.#chart) {
      this.#chart = echarts.init(this.#box, null, rendering);
      if (this.#clicked) this.#chart.on('click', this.#clicked);
    }
    const theme = colours.text;
    this.#chart.setOption({ ...common(colours), ...options }, { notMerge: this.#themed !== theme, replaceMerge: ['series'] });
    this.#themed = theme;
    this.#box.setAttribute('aria-label', this.#text());
  }

  reset() {
    this.#themed = '';
  }

  /** Draws at a width, in pixels; without one, at that of its element. */
  resize(width = 'auto') {
    this.#chart?.resize({ width });
  }
}

function common(colours) {
  return {
    animation: false,
    textStyle: { fontFamily: font, color: colours.muted },
    aria: { enabled: false },
    tooltip: tooltip(colours),
  };
}

export function tooltip(colours, extra = {}) {
  return {
    trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colours.raised, borderColor: colours.line,
    textStyle: { color: colours.text, fontSize: 11 }, ...extra,
  };
}

export function axis(colours, extra = {}) {
  return {
    axisLine: { lineStyle: { color: colours.line } }, axisTick: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.muted, fontSize: 10.5, hideOverlap: true, ...extra.axisLabel },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    nameTextStyle: { color: colours.muted, fontSize: 10.5 }, nameLocation: 'middle',
    ...Object.fromEntries(Object.entries(extra).filter(([key]) => key !== 'axisLabel')),
  };
}

export function legend(colours, extra = {}) {
  return { top: 0, right: 4, itemWidth: 14, itemHeight: 8, itemGap: 10, textStyle: { color: colours.text, fontSize: 11 }, inactiveColor: colours.line, ...extra };
}

/** An upper end that grows in few steps, so that the axis stands still for most of the run. */
export function steppedEnd(value, whole) {
  if (!(whole > 0)) return undefined;
  for (const part of [16, 8, 4, 2]) if (value <= whole / part * 0.98) return whole / part;
  return Math.max(whole, value);
}
