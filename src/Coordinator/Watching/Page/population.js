// One population of the drawing: its activity as an image, and a chip for each slice with phase, polarity and node.
import { count, el, fixed, nodeLetter, plain, polarityName, setAttribute, setText, slowness } from './format.js';
import { gridWidth, joinSlices, paintActivity } from './images.js';

const chipRow = { plain: 16, node: 28 };
const movedFor = 4000;

export class PopulationView {
  #population;
  #network;
  #values;
  #width;
  #parts;
  #nodes = new Map();

  constructor(population, box, network, { select, layer }) {
    this.#population = population;
    this.#network = network;
    this.#values = new Uint8ClampedArray(population.size);
    const rows = Math.ceil(population.slices.length / 16);
    const head = box.compact ? 20 : 36;
    const room = { width: box.width - 14, height: box.height - head - rows * chipRow[network.nodes?.length ? 'node' : 'plain'] - 12 };
    const classes = population.role === 'output' && network.classes?.length === population.size && population.size <= 24;
    this.bars = classes && room.height / population.size >= 9 && room.width >= 50;
    const shape = this.#shape(room);
    this.#width = shape.columns;
    const button = el('button', { type: 'button', class: 'population-name', onclick: (event) => { event.stopPropagation(); select(null); } },
      el('b', { text: population.name }), box.compact ? null : el('small', { text: `${population.role} · ${count(population.size)} units` }));
    const canvas = this.bars ? null : el('canvas', { class: 'units', role: 'img' });
    if (canvas) {
      canvas.style.width = `${shape.columns * shape.cell}px`;
      canvas.style.height = `${shape.rows * shape.cell}px`;
      canvas.addEventListener('click', (event) => { event.stopPropagation(); select(this.#unitAt(canvas, event)); });
    }
    const bars = this.bars ? this.#makeBars(select, room) : null;
    const chips = population.slices.map(() => el('span', { class: 'chip' }, el('i'), el('b')));
    const chipBox = el('div', { class: `chips${population.slices.length > 8 ? ' many' : ''}` }, ...chips);
    const root = el('div', { class: `population role-${population.role}${box.compact ? ' compact' : ''}`, 'data-testid': `population-${population.name}`, onclick: () => select(null) },
      button, canvas ?? bars.list, chipBox);
    Object.assign(root.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` });
    layer.append(root);
    this.#parts = { root, button, canvas, bars, chips };
  }

  #shape(room) {
    const { size, role } = this.#population;
    const input = this.#network.input;
    const drawn = role === 'input' && input?.width > 0 && input.width * (input.height || 1) >= size;
    const columns = drawn ? input.width : gridWidth(size, room.width, room.height);
    const rows = Math.ceil(size / columns);
    const cell = Math.max(1, Math.min(44, room.width / columns, room.height / rows));
    return { columns, rows, cell };
  }

  #makeBars(select, room) {
    const height = Math.min(18, room.height / this.#population.size);
    const rows = this.#network.classes.map((name, unit) => {
      const fill = el('i');
      const mark = el('em');
      const row = el('div', { class: 'class', onclick: (event) => { event.stopPropagation(); select(unit); } }, el('span', { text: name }), el('u', {}, fill), mark);
      row.style.height = `${height}px`;
      return { row, fill, mark };
    });
    const longest = Math.max(...this.#network.classes.map((name) => String(name).length));
    for (const { row } of rows) row.firstChild.style.width = `${longest + 0.5}ch`;
    return { list: el('div', { class: 'classes', role: 'img' }, ...rows.map(({ row }) => row)), rows };
  }

  #unitAt(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / box.width * canvas.width);
    const row = Math.floor((event.clientY - box.top) / box.height * canvas.height);
    const unit = row * this.#width + column;
    return unit >= 0 && unit < this.#population.size ? unit : null;
  }

  update(frame, slices, selection) {
    const population = this.#population;
    const { root, button, canvas, bars, chips } = this.#parts;
    const { low, high } = joinSlices(population, slices, this.#values);
    if (canvas) paintActivity(canvas, this.#values, this.#width);
    else this.#fillBars(bars, frame.stimulus);
    const states = population.slices.map((slice) => slices.get(slice.index));
    const silenced = states.some((state) => state?.silenced);
    const slow = states.map((state) => slowness(state?.pace)).find((factor) => factor);
    const selected = selection.kind === 'population' && selection.name === population.name;
    root.classList.toggle('selected', selected);
    root.classList.toggle('silenced', silenced);
    root.classList.toggle('slowed', Boolean(slow));
    setAttribute(button, 'aria-pressed', String(selected));
    setAttribute(root, 'data-note', silenced ? 'silent' : slow ? `${plain(slow)} times slower` : '');
    setAttribute(canvas ?? bars.list, 'aria-label', `Activity of ${population.name}, from ${fixed(low)} to ${fixed(high)}`);
    states.forEach((state, index) => this.#updateChip(chips[index], population.slices[index], state));
  }

  #fillBars({ rows }, stimulus) {
    rows.forEach(({ row, fill, mark }, unit) => {
      fill.style.width = `${(this.#values[unit] / 2.55).toFixed(1)}%`;
      const label = stimulus?.label === unit;
      const answer = stimulus?.answer === unit;
      row.classList.toggle('label', label);
      setText(mark, answer ? (label ? '✓' : '✗') : label ? '◂' : '');
    });
  }

  #updateChip(chip, slice, state) {
    const polarity = state?.polarity ?? 0;
    const sign = polarity > 0 ? 'up' : polarity < 0 ? 'down' : 'none';
    chip.className = `chip ${sign}${state?.silenced ? ' silenced' : ''}`;
    const node = state?.node;
    const known = typeof node === 'number';
    setText(chip.lastChild, known ? nodeLetter(node) : '');
    if (known) chip.dataset.node = String(node % 6);
    else delete chip.dataset.node;
    const before = this.#nodes.get(slice.index);
    if (known && before && before.node !== node) before.until = performance.now() + movedFor;
    if (known) this.#nodes.set(slice.index, { node, until: before?.until ?? 0 });
    chip.classList.toggle('moved', (before?.until ?? 0) > performance.now());
    const where = known ? `, on node ${nodeLetter(node)}${this.#network.nodes?.[node] ? ` (${this.#network.nodes[node]})` : ''}` : '';
    const slow = slowness(state?.pace);
    const pace = slow ? `, clock ${plain(slow)} times slower` : '';
    setAttribute(chip, 'data-tip', `Slice ${slice.name}: phase ${count(state?.phase)}, ${polarityName(polarity)}${where}${pace}${state?.silenced ? ', silenced' : ''}`);
  }
}
