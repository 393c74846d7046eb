// The ledger and the histograms count from the start of the run; what an intervention does shows in the differences
// over the last seconds. A ring of snapshots bounds the memory.

const span = 5;
const every = 0.25;
const capacity = Math.ceil(span / every) + 1;
const fields = ['sent', 'delivered', 'lost', 'cutOff', 'duplicated', 'network'];
const updateFields = ['learnedPositive', 'learnedNegative', 'gated', 'wrongSign'];

export class Recent {
  #ring = [];

  clear() {
    this.#ring.length = 0;
  }

  push(frame) {
    const last = this.#ring.at(-1);
    const now = performance.now() / 1000;
    if (last && (frame.tau < last.tau || frame.number < last.number)) this.clear();
    // While the run is paused nothing is added, so that the last seconds are those in which something happened.
    else if (last && (frame.tau === last.tau || now - last.at < every)) return;
    this.#ring.push(snapshot(frame, now));
    if (this.#ring.length > capacity) this.#ring.shift();
  }

  get #ends() {
    // A page that was opened when the run had ended has one frame only: then the whole run stands for the last seconds.
    return this.#ring.length === 1 ? [start(this.#ring[0]), this.#ring[0]] : [this.#ring[0], this.#ring.at(-1)];
  }

  /** Time in τ that the differences span; 0 before there are two snapshots. */
  get tau() {
    const [first, last] = this.#ends;
    return first ? last.tau - first.tau : 0;
  }

  link(name) {
    const [first, last] = this.#ends;
    return difference(fields, first?.links.get(name), last?.links.get(name));
  }

  population(name) {
    const [first, last] = this.#ends;
    return difference(updateFields, first?.populations.get(name), last?.populations.get(name));
  }

  /** Counts of the bins, or null where nothing has been counted of late. */
  staleness() {
    const [first, last] = this.#ends;
    if (!first || first === last || first.staleness.length !== last.staleness.length) return null;
    const counts = last.staleness.map((count, bin) => count - first.staleness[bin]);
    return counts.some((count) => count < 0) || !counts.some((count) => count > 0) ? null : counts;
  }
}

function snapshot(frame, now) {
  return {
    number: frame.number, at: now, tau: frame.tau,
    links: new Map((frame.links ?? []).map((link) => [link.name, link])),
    populations: new Map((frame.populations ?? []).map((population) => [population.name, population])),
    staleness: (frame.staleness ?? []).map((bin) => bin.count ?? 0),
  };
}

function start(frame) {
  return { tau: 0, links: new Map(), populations: new Map(), staleness: frame.staleness.map(() => 0) };
}

function difference(names, first, last) {
  if (!last || first === last) return null;
  const result = {};
  for (const name of names) result[name] = Math.max(0, (last[name] ?? 0) - (first?.[name] ?? 0));
  return result;
}

/** Mean of a histogram with upper limits; the bin without end counts with its lower limit. */
export function histogramMean(bins, counts) {
  let sum = 0;
  let total = 0;
  let lower = 0;
  if (bins?.length !== counts.length) return null;
  bins.forEach((bin, index) => {
    const middle = bin.upTo === null || bin.upTo === undefined ? lower : (lower + bin.upTo) / 2;
    sum += counts[index] * middle;
    total += counts[index];
    lower = bin.upTo ?? lower;
  });
  return total > 0 ? sum / total : null;
}
