// The drawing of the network: the coordinator's row with the stimulus on top, populations and links below.
import { byId, count, el, fixed, setAttribute, setText, svg } from './format.js';
import { bytes, paintActivity } from './images.js';
import { boxesOf, curvesOf } from './layout.js';
import { controlTargets, isControl, LinkView } from './links.js';
import { PopulationView } from './population.js';

const headHeight = 58;

export class NetworkView {
  #run;
  #body = byId('network');
  #network = null;
  #links = new Map();
  #populations = [];
  #head = null;
  #size = '';
  #controlDrawn = false;

  constructor(run) {
    this.#run = run;
    new ResizeObserver(() => { if (this.#network) this.#layOut(); }).observe(this.#body);
  }

  describe(network) {
    this.#network = network;
    this.#size = '';
    this.#controlDrawn = false;
    this.#layOut();
  }

  #layOut() {
    const width = this.#body.clientWidth;
    const height = this.#body.clientHeight;
    if (width < 50 || height < 50 || this.#size === `${width} ${height}`) return;
    this.#size = `${width} ${height}`;
    const network = this.#network;
    this.#body.replaceChildren();
    this.#links.clear();
    this.#head = this.#makeHead();
    const drawing = el('div', { class: 'drawing' });
    const layer = svg('svg', { class: 'links', 'aria-hidden': 'true', width, height: height - headHeight });
    drawing.append(layer);
    this.#body.append(this.#head.root, drawing);
    const plan = boxesOf(network, width, height - headHeight);
    const curves = curvesOf(network, plan);
    const select = (selection) => () => this.#run.select(selection);
    this.#populations = network.populations.map((population) => new PopulationView(population, plan.boxes.get(population.name), network, {
      layer: drawing, select: (unit) => this.#run.select({ kind: 'population', name: population.name, unit }),
    }));
    for (const projection of network.projections) {
      const curve = curves.get(projection.name);
      if (!curve) continue;
      const title = `${projection.source} → ${projection.target}`;
      this.#links.set(projection.name, new LinkView(projection.name, title, curve,
        { base: projection, roomy: plan.roomy, room: plan.roomy ? plan.gap - 4 : null, select: select({ kind: 'link', name: projection.name }), layer, labels: drawing }));
    }
    this.#drawControl(plan, layer, drawing, select({ kind: 'control' }));
    if (this.#run.moment) this.update(this.#run.frame);
  }

  /** Control channels reach the populations from above, where the coordinator is. */
  #drawControl({ boxes }, layer, labels, select) {
    for (const link of this.#run.frame?.links ?? []) {
      const target = this.#network.populations.find((population) => population.role === controlTargets[link.name]);
      const box = target && boxes.get(target.name);
      if (!box) continue;
      const x = box.x + box.width * 0.22;
      const points = [0, box.y / 3, box.y * 2 / 3, box.y].map((y) => ({ x, y }));
      const curve = { points, label: { x: x + 8, y: Math.min(box.y / 2, 16) } };
      this.#links.set(link.name, new LinkView(link.name, 'control', curve,
        { base: this.#run.controlBase.get(link.name), roomy: false, control: true, select, layer, labels }));
    }
  }

  #makeHead() {
    const image = el('canvas', { class: 'stimulus', role: 'img', 'aria-label': 'The present stimulus' });
    const parts = { image };
    for (const name of ['phase', 'polarity', 'b', 'label', 'answer']) parts[name] = el('b', { 'data-testid': `stimulus-${name}` });
    const item = (text, value, term) => el('span', {}, el('small', term ? { text, class: 'term', 'data-term': term, tabindex: 0 } : { text }), value);
    const classes = this.#network.classes?.length > 1;
    const answers = classes && this.#network.populations.some((population) => population.role === 'output');
    parts.root = el('div', { class: 'coordinator' }, el('strong', { text: 'Coordinator' }), image,
      ...(classes ? [item('stimulus', parts.label)] : []), ...(answers ? [item('answer', parts.answer)] : []),
      item('phase', parts.phase, 'phase'), item('polarity', parts.polarity, 'polarity'), item('share positive b', parts.b));
    const { width, height } = this.#network.input ?? {};
    if (width > 0 && height > 0) image.style.aspectRatio = `${width} / ${height}`;
    else image.style.aspectRatio = `${Math.min(4, Math.max(1, this.#inputSize()))} / 1`;
    return parts;
  }

  #inputSize() {
    return this.#input()?.size ?? 1;
  }

  #inputSlice() {
    return this.#input()?.slices[0].index;
  }

  #input() {
    return this.#network.populations.find((population) => population.role === 'input');
  }

  update(frame) {
    if (!this.#network || !this.#head) return;
    const links = frame.links ?? [];
    if (!this.#controlDrawn && links.some((link) => isControl(link.name))) {
      // Only a frame tells which control channels there are.
      this.#controlDrawn = true;
      this.#size = '';
      this.#layOut();
      return;
    }
    const { recent, selection, moment } = this.#run;
    this.#updateHead(moment);
    const slices = new Map((moment.slices ?? []).map((slice) => [slice.index, slice]));
    for (const population of this.#populations) population.update(moment, slices, selection);
    const rates = new Map(links.map((link) => {
      const sent = recent.link(link.name)?.sent;
      return [link.name, sent === undefined || recent.tau <= 0 ? null : sent / recent.tau];
    }));
    const scale = Math.max(...links.filter((link) => !isControl(link.name)).map((link) => rates.get(link.name) ?? 0), 0);
    for (const link of links) this.#links.get(link.name)?.update(link, rates.get(link.name), scale, this.#run.isSelected(link.name));
  }

  #updateHead(frame) {
    const head = this.#head;
    const classes = this.#network.classes ?? [];
    const stimulus = frame.stimulus;
    const name = (index) => index === null || index === undefined ? '–' : classes[index] ?? String(index);
    const values = bytes(stimulus?.values);
    if (values.length) paintActivity(head.image, values, this.#network.input?.width > 0 ? this.#network.input.width : values.length);
    setText(head.label, name(stimulus?.label));
    const right = stimulus && stimulus.answer !== null && stimulus.answer !== undefined ? stimulus.answer === stimulus.label : null;
    setText(head.answer, right === null ? '–' : `${name(stimulus.answer)} ${right ? '✓' : '✗'}`);
    // The coordinator may be in the next phase already: image, label, answer, phase and polarity have to belong together.
    const input = stimulus ? frame.slices?.find((slice) => slice.index === this.#inputSlice()) : null;
    const polarity = input?.polarity ?? 0;
    setText(head.phase, count(input?.phase ?? frame.phase));
    setText(head.polarity, polarity === 0 ? '–' : polarity > 0 ? '▲ positive' : '▼ negative');
    head.polarity.className = polarity === 0 ? '' : polarity > 0 ? 'up' : 'down';
    setText(head.b, fixed(frame.b));
    setAttribute(head.image, 'aria-label', `The present stimulus${classes.length > 1 ? `, class ${name(stimulus?.label)}` : ''}`);
  }
}
