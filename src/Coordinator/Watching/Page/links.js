// The links of the drawing: how wide, how broken and how labelled a curve is follows from the link as it is now.
import { el, fixed, percent, plain, setAttribute, setText, share, svg } from './format.js';
import { at, direction, pathOf, shortened } from './layout.js';

/** The coordinator's links to the populations, by the role of the population that they reach. */
export const controlTargets = { 'coordinator.stimulus': 'input', 'coordinator.nudge': 'output' };
export const isControl = (name) => name in controlTargets;

const widest = { roomy: 7, tight: 4.5 };
const narrowest = 1.5;
const dash = 16;
const arrowLength = { roomy: 14, tight: 10 };

/** One link: curve, arrow, marks of a cut and the button that selects it. */
export class LinkView {
  #name;
  #base;
  #parts;
  #roomy;
  #low;

  constructor(name, title, curve, { base, roomy, room, control, select, layer, labels }) {
    this.#name = name;
    this.#base = base;
    this.#roomy = roomy;
    this.#low = Boolean(curve.label.low);
    const head = arrowLength[roomy || control ? 'roomy' : 'tight'];
    const path = pathOf(curve);
    const group = svg('g', { class: `link${control ? ' control-link' : ''}` });
    const hit = svg('path', { d: path, class: 'hit' });
    const track = svg('path', { d: path, class: 'track' });
    const flow = svg('path', { d: pathOf(shortened(curve, head - 3)), class: 'flow' });
    const bars = svg('path', { d: cutBars(curve), class: 'bars' });
    group.append(track, flow, bars, svg('path', { d: arrow(curve, head), class: 'arrow' }), hit);
    hit.addEventListener('click', select);
    layer.append(group);
    const name_ = el('span', { class: 'name', text: title });
    const numbers = el('span', { class: 'numbers' });
    const traffic = el('span', { class: 'traffic' });
    const label = el('button', { type: 'button', class: `link-label${roomy ? '' : ' tight'}${control ? ' of-control' : ''}`, 'data-testid': `link-${name}`, id: `link-${name}`, onclick: select },
      name_, numbers, traffic);
    label.style.left = `${curve.label.x}px`;
    if (room) label.style.maxWidth = `${room}px`;
    label.style.top = `${curve.label.y}px`;
    labels.append(label);
    const highlight = (on) => () => group.classList.toggle('near', on);
    for (const [event, on] of [['pointerenter', true], ['pointerleave', false]]) {
      label.addEventListener(event, highlight(on));
      hit.addEventListener(event, () => label.classList.toggle('near', on));
    }
    this.#parts = { group, flow, label, numbers, traffic, control };
  }

  /** Rate is in messages a τ; scale is the rate of the busiest link. */
  update(link, rate, scale, selected) {
    const { group, flow, label, numbers, traffic, control } = this.#parts;
    const loss = Math.max(0, Math.min(1, link?.loss ?? 0));
    const cut = Boolean(link?.cut);
    const changed = cut || this.#differs(link);
    const width = narrowest + (widest[this.#roomy ? 'roomy' : 'tight'] - narrowest) * Math.sqrt(scale > 0 ? Math.min(1, (rate ?? 0) / scale) : 0);
    setAttribute(flow, 'stroke-width', (control ? Math.min(3, width) : width).toFixed(1));
    setAttribute(flow, 'stroke-dasharray', loss > 0 ? `${(dash * (1 - loss)).toFixed(1)} ${(dash * loss).toFixed(1)}` : 'none');
    group.classList.toggle('cut', cut);
    label.classList.toggle('cut', cut);
    group.classList.toggle('changed', changed);
    label.classList.toggle('changed', changed);
    group.classList.toggle('selected', selected);
    label.classList.toggle('selected', selected);
    const extra = link?.duplicate > 0 && this.#roomy ? ` · ${share(link.duplicate)} twice` : '';
    const late = `${plain(link?.delay)} τ`;
    if (control) setText(numbers, cut ? '✕ cut' : loss > 0 || link?.delay > 0 ? `${share(loss)} · ${late}` : '');
    else if (this.#roomy) setText(numbers, cut ? '✕ cut' : `${share(loss)} lost · ${late}${extra}`);
    else setText(numbers, cut ? '✕ cut' : this.#low ? share(loss) : `${share(loss)}\n${late}`);
    setText(traffic, this.#roomy && !control ? `${fixed(rate, 1)} messages/τ` : '');
    setAttribute(label, 'aria-label', `Link ${this.#name}: ${cut ? 'cut' : `${percent(loss, 0)} lost, mean delay ${late}`}${changed && !cut ? ', changed' : ''}`);
    setAttribute(label, 'aria-pressed', String(selected));
    if (!this.#roomy) setAttribute(label, 'data-tip', `${this.#name}: ${cut ? 'cut' : `${share(loss)} lost, ${late} mean delay`}, ${fixed(rate, 1)} messages/τ`);
  }

  #differs(link) {
    const base = this.#base;
    if (!link || !base) return false;
    return ['loss', 'delay', 'duplicate'].some((key) => Math.abs((link[key] ?? 0) - (base[key] ?? 0)) > 1e-9);
  }
}

/** The tip lies on the curve's end, so that it reads as an arrow at any angle. */
function arrow(curve, size) {
  const { x, y } = at(curve, 1);
  const angle = direction(curve, 0.99);
  const corner = (turn, length) => `${(x - length * Math.cos(angle + turn)).toFixed(1)} ${(y - length * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x.toFixed(1)} ${y.toFixed(1)} L${corner(0.5, size)} L${corner(-0.5, size)} Z`;
}

function cutBars(curve) {
  return [0.4, 0.6].map((t) => {
    const { x, y } = at(curve, t);
    const angle = direction(curve, t) + Math.PI / 2;
    const dx = 8 * Math.cos(angle);
    const dy = 8 * Math.sin(angle);
    return `M${(x - dx).toFixed(1)} ${(y - dy).toFixed(1)} L${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  }).join(' ');
}
