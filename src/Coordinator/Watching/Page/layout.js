// Where populations and links lie: columns from input to output, curves between them. Pure geometry.

const narrowGap = 112;
const topRoom = 30;
const boxSpace = 14;
const arcRoom = { roomy: 84, tight: 54 };

/** Column of each population: the longest way from the input along forward projections, the output last. */
export function columnsOf(network) {
  const column = new Map(network.populations.map((population) => [population.name, population.role === 'input' ? 0 : 1]));
  const forward = network.projections.filter((p) => !p.backward && p.source !== p.target);
  // A network may have loops; as many rounds as there are populations settle every network without one.
  for (let round = 0; round < network.populations.length; round++) {
    for (const { source, target } of forward) {
      if (roleOf(network, target) === 'input') continue;
      const next = Math.min(network.populations.length - 1, (column.get(source) ?? 0) + 1);
      if (next > (column.get(target) ?? 0)) column.set(target, next);
    }
  }
  const last = Math.max(...column.values());
  for (const population of network.populations) if (population.role === 'output') column.set(population.name, last);
  const columns = Array.from({ length: last + 1 }, () => []);
  for (const population of network.populations) columns[column.get(population.name)].push(population);
  return order(columns.filter((list) => list.length > 0), forward);
}

function roleOf(network, name) {
  return network.populations.find((population) => population.name === name)?.role;
}

/** Each population beside those that feed it, so that fewer links cross. */
function order(columns, forward) {
  const place = new Map(columns[0].map((population, index) => [population.name, index]));
  for (const list of columns.slice(1)) {
    const wish = new Map(list.map((population, index) => {
      const sources = forward.filter((p) => p.target === population.name && place.has(p.source)).map((p) => place.get(p.source));
      return [population.name, sources.length ? sources.reduce((a, b) => a + b, 0) / sources.length : index];
    }));
    list.sort((a, b) => wish.get(a.name) - wish.get(b.name));
    list.forEach((population, index) => place.set(population.name, (index + 0.5) / list.length));
  }
  return columns;
}

/** Boxes by name: {x, y, width, height, column, compact}; and whether links have room for names. */
export function boxesOf(network, width, height) {
  const columns = columnsOf(network);
  const n = columns.length;
  const boxWidth = Math.floor(Math.min(230, width / (n + (n - 1) * 0.85)));
  const gap = n > 1 ? (width - n * boxWidth) / (n - 1) : 0;
  const roomy = gap >= narrowGap;
  const arcs = network.projections.some((p) => isArc(p, columns)) ? arcRoom[roomy ? 'roomy' : 'tight'] : 8;
  const boxes = new Map();
  columns.forEach((list, column) => {
    const free = height - topRoom - arcs;
    const tallest = list.length > 1 ? (free - (list.length - 1) * boxSpace) / list.length : Math.min(free, boxWidth + 66);
    const used = list.length * tallest + (list.length - 1) * boxSpace;
    list.forEach((population, row) => boxes.set(population.name, {
      x: Math.round(n > 1 ? column * (boxWidth + gap) : (width - boxWidth) / 2), y: Math.round(topRoom + (free - used) / 2 + row * (tallest + boxSpace)),
      width: boxWidth, height: Math.floor(tallest), column, compact: tallest < 130 || boxWidth < 100,
    }));
  });
  return { boxes, roomy, gap, bottom: height - arcs };
}

function isArc(projection, columns) {
  const at = (name) => columns.findIndex((list) => list.some((population) => population.name === name));
  return projection.source === projection.target || Math.abs(at(projection.source) - at(projection.target)) > 1;
}

/** Curves by name of link: {points, label: {x, y, side}, flat}; points are the four of a cubic. */
export function curvesOf(network, { boxes, bottom, roomy }) {
  const curves = new Map();
  const sides = new Map();
  const beside = [];
  let arcs = 0;
  for (const link of network.projections) {
    const source = boxes.get(link.source);
    const target = boxes.get(link.target);
    if (!source || !target) continue;
    const step = target.column - source.column;
    if (Math.abs(step) === 1 || (step === 0 && source !== target)) {
      beside.push({ link, source, target, step });
      gather(sides, link.source, step >= 0 ? 'right' : 'left', link, target);
      gather(sides, link.target, step > 0 ? 'left' : 'right', link, source);
    } else {
      curves.set(link.name, arcBelow(source, target, bottom, arcs++, roomy));
    }
  }
  for (const list of sides.values()) list.sort((a, b) => a.y - b.y || Number(a.link.backward) - Number(b.link.backward));
  const anchor = (name, side, box, link) => {
    const list = sides.get(`${name} ${side}`);
    const index = list.findIndex((entry) => entry.link === link);
    return { x: side === 'left' ? box.x : box.x + box.width, y: box.y + box.height * (index + 1) / (list.length + 1) };
  };
  for (const { link, source, target, step } of beside) {
    const from = anchor(link.source, step >= 0 ? 'right' : 'left', source, link);
    const to = anchor(link.target, step > 0 ? 'left' : 'right', target, link);
    const bend = step === 0 ? 46 : (to.x - from.x) / 2;
    const points = [from, { x: from.x + bend, y: from.y }, { x: to.x + (step === 0 ? bend : -bend), y: to.y }, to];
    curves.set(link.name, { points, side: link.backward ? 'below' : 'above' });
  }
  placeLabels(curves, roomy);
  return curves;
}

function gather(sides, name, side, link, other) {
  const key = `${name} ${side}`;
  if (!sides.has(key)) sides.set(key, []);
  sides.get(key).push({ link, y: other.y + other.height / 2 });
}

/** A link that skips columns, or returns to its own population, would run behind other boxes: it goes below them. */
function arcBelow(source, target, bottom, index, roomy) {
  const own = source === target;
  const outer = index % 2;
  // The two directions lie one inside the other.
  const shift = (outer ? 7 : -7) * (source.x < target.x ? -1 : 1);
  const from = { x: source.x + source.width * (own ? 0.75 : 0.5) + (own ? 0 : shift), y: source.y + source.height };
  const to = { x: target.x + target.width * (own ? 0.25 : 0.5) - (own ? 0 : shift), y: target.y + target.height };
  const depth = own ? from.y + (roomy ? 26 : 34) : bottom + 22 + 14 * outer;
  // A cubic reaches three quarters of the way to its control points.
  const control = (point) => ({ x: point.x, y: point.y + (depth - point.y) * 4 / 3 - 4 });
  return { points: [from, control(from), control(to), to], side: own ? 'below' : 'on', arc: true };
}

export function at({ points: [a, b, c, d] }, t) {
  const u = 1 - t;
  const mix = (key) => u * u * u * a[key] + 3 * u * u * t * b[key] + 3 * u * t * t * c[key] + t * t * t * d[key];
  return { x: mix('x'), y: mix('y') };
}

/** The curve without its last stretch, which the arrow takes. */
export function shortened(curve, length) {
  const [a, b, c, d] = curve.points;
  const whole = Math.hypot(d.x - a.x, d.y - a.y) + (curve.arc ? 2 * Math.abs(c.y - d.y) : 0);
  const t = Math.max(0.5, 1 - length / Math.max(1, whole));
  const mix = (p, q) => ({ x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y) });
  const [ab, bc, cd] = [mix(a, b), mix(b, c), mix(c, d)];
  const [abc, bcd] = [mix(ab, bc), mix(bc, cd)];
  return { points: [a, ab, abc, mix(abc, bcd)] };
}

export function direction(curve, t) {
  const before = at(curve, Math.max(0, t - 0.02));
  const after = at(curve, Math.min(1, t + 0.02));
  return Math.atan2(after.y - before.y, after.x - before.x);
}

/** Labels keep clear of each other where another place along the curve allows it. */
function placeLabels(curves, roomy) {
  const taken = [];
  const width = roomy ? 112 : 40;
  const height = roomy ? 46 : 27;
  for (const curve of curves.values()) {
    const wish = [0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8].map((t) => {
      const { x, y } = at(curve, t);
      const offset = !roomy || curve.side === 'on' ? 0 : curve.side === 'above' ? -height / 2 - 6 : height / 2 + 6;
      return { t, x, y: y + offset };
    });
    const freeFor = (own) => wish.find((place) => !taken.some((other) => Math.abs(other.x - place.x) < width && Math.abs(other.y - place.y) < (own + other.height) / 2));
    const free = freeFor(height);
    // Without room for two lines the loss alone is shown.
    const low = free || roomy ? null : freeFor(height / 2) ?? wish[0];
    curve.label = { ...(free ?? low ?? wish[0]), height: low ? height / 2 : height, low: Boolean(low) };
    taken.push(curve.label);
  }
}

export function pathOf({ points: [a, b, c, d] }) {
  const p = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${p(a)} C${p(b)} ${p(c)} ${p(d)}`;
}
