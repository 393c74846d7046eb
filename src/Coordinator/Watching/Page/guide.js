// Three guided interventions, so that a first visitor sees what the page is for. They use the same requests as the
// controls; before and now are measured, not claimed.
import { post } from './connection.js';
import { byId, el, percent, plain, setText } from './format.js';
import { histogramMean } from './recent.js';
import { allowTab, showTab } from './tabs.js';

const key = 'nudge-guide-closed';
const cutSeconds = 8;
const leastCut = 400;

export class GuideView {
  #run;
  #items = [];

  constructor(run) {
    this.#run = run;
  }

  describe(network) {
    const output = network.populations.find((population) => population.role === 'output') ?? network.populations.at(-1);
    const slow = network.populations.find((population) => population.role === 'hidden') ?? output;
    const tasks = [
      { title: 'Lose half of the messages', look: 'Look at the gaps in the links and at the tab Staleness.', tab: 'tab-staleness', body: { kind: 'change-links', links: 'all', loss: { law: 'independent', rate: 0.5 } },
        seen: 'Activity in use is older, since a lost message leaves the last value in place. Learning goes on, more slowly.' },
      output.role === 'output' ? cutAnswer(output) : cutLast(output),
      { title: 'Slow one clock', look: `Look at the row of ${slow.name} in the phases.`, body: { kind: 'slow-population', population: slow.name, factor: 8 },
        seen: `${slow.name} takes fewer steps in each phase, on a clock of its own, and follows a change of phase later. The others do not wait for it.` },
    ];
    this.#items = tasks.map((task, index) => this.#make(task, index + 1));
    byId('try').replaceChildren(
      el('div', { class: 'guide-head' }, el('p', { class: 'caption', text: 'Three interventions on this run. Each can be undone.' }),
        el('button', { type: 'button', class: 'small', id: 'close-guide', 'data-testid': 'close-guide', text: 'Close', onclick: () => this.#close() })),
      ...this.#items.map(({ root }) => root));
    const closed = remembered();
    allowTab('tab-try', network.canControl && !closed);
    if (network.canControl && !closed) showTab('tab-try');
  }

  #make(task, number) {
    const start = el('button', { type: 'button', id: `try-${number}`, 'data-testid': `try-${number}`, class: 'try', text: task.title });
    const back = el('button', { type: 'button', class: 'small', 'data-testid': `try-${number}-undo`, text: 'Undo', hidden: true });
    const result = el('p', { class: 'seen', hidden: true });
    const numbers = el('p', { class: 'numbers', hidden: true });
    const message = el('p', { class: 'message', role: 'status' });
    const item = { task, start, back, result, numbers, message, before: null, number: null };
    item.root = el('section', { class: 'guide' }, el('div', { class: 'row' }, start, back), el('p', { class: 'look', text: task.look }), result, numbers, message);
    start.addEventListener('click', () => this.#apply(item));
    back.addEventListener('click', () => this.#undo(item));
    return item;
  }

  async #apply(item) {
    const frame = this.#run.newest();
    if (!frame) return;
    const last = Math.max(0, ...(frame.interventions ?? []).map((one) => one.number));
    item.start.disabled = true;
    try {
      const before = this.#measure();
      const length = item.task.ends ? { for: { tau: Math.max(leastCut, cutSeconds * (frame.tauPerSecond ?? 0)) } } : {};
      await post('/api/interventions', { ...item.task.body, ...length });
      Object.assign(item, { before, after: last, number: null, active: true });
      setText(item.result, item.task.seen);
      item.result.hidden = item.numbers.hidden = item.back.hidden = false;
      if (item.task.tab) showTab(item.task.tab);
      item.root.scrollIntoView({ block: 'nearest' });
      setText(item.message, frame.state === 'paused' ? 'The run is paused: let it go on to see the effect.' : '');
    } catch (error) {
      setText(item.message, error.message);
    }
    item.start.disabled = false;
  }

  /** Answers carry no number; the first new entry of the same kind is ours. */
  #find(item, frame) {
    item.number ??= (frame.interventions ?? []).find((one) => one.number > item.after && one.kind === item.task.body.kind && !one.scripted)?.number ?? null;
    return (frame.interventions ?? []).find((one) => one.number === item.number);
  }

  async #undo(item) {
    const own = this.#find(item, this.#run.newest() ?? {});
    if (!own) return;
    try {
      if (!own.undone) await post(`/api/interventions/${own.number}/undo`);
      this.#end(item);
    } catch (error) {
      setText(item.message, error.message);
    }
  }

  #end(item) {
    item.active = false;
    item.back.hidden = true;
    setText(item.message, item.task.ends ? 'The links are back.' : 'Undone.');
  }

  #measure() {
    const { frame, recent, network } = this.#run;
    const counts = recent.staleness();
    let gated = 0;
    let all = 0;
    for (const { name } of network.populations) {
      const late = recent.population(name);
      if (!late) continue;
      gated += late.gated;
      all += late.gated + late.learnedPositive + late.learnedNegative;
    }
    return { accuracy: frame?.runningAccuracy, staleness: counts ? histogramMean(frame.staleness, counts) : null, gated: all ? gated / all : null };
  }

  update(frame) {
    const able = this.#run.controllable;
    for (const item of this.#items) {
      item.start.disabled = !able;
      if (!item.active) continue;
      if (this.#find(item, frame)?.undone) this.#end(item);
      const now = this.#measure();
      const { before } = item;
      setText(item.numbers, `Before → now: staleness ${plain(before.staleness)} → ${plain(now.staleness)} τ, gated ${percent(before.gated)} → ${percent(now.gated)}, accuracy ${percent(before.accuracy)} → ${percent(now.accuracy)}`);
    }
  }

  #close() {
    try {
      localStorage.setItem(key, 'yes');
    } catch {
      // Then it shows again next time.
    }
    allowTab('tab-try', false);
  }
}

const cutAnswer = ({ name }) => ({
  title: `Cut ${name} for a while`, look: 'Look at the marks ○ in the phases and at the gated updates.', tab: 'tab-updates',
  body: { kind: 'cut-population', population: name }, ends: true,
  seen: 'No answer reaches the units below, so their updates are gated: learning stands still and is not spoilt. The links come back by themselves.',
});

/** Without a population that answers there may be nothing that waits for what was cut off. */
const cutLast = ({ name }) => ({
  title: `Cut ${name} for a while`, look: 'Look at the marks ✕ on the links and at the messages that are cut off.', tab: 'tab-ledger',
  body: { kind: 'cut-population', population: name }, ends: true,
  seen: `Nothing reaches ${name} or leaves it. The others go on with what they heard of it last. The links come back by themselves.`,
});

function remembered() {
  try {
    return localStorage.getItem(key) === 'yes';
  } catch {
    return false;
  }
}
