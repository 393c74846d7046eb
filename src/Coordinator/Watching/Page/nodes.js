// Nodes of a cluster: what each holds, moves of slices, and what can be done to a node that this run has started.
import { post } from './connection.js';
import { byId, count, el, nodeLetter, setText } from './format.js';
import { allowTab } from './tabs.js';

export class NodesView {
  #run;
  #nodes = [];
  #moves = '';

  constructor(run) {
    this.#run = run;
  }

  describe(network) {
    const names = network.nodes ?? [];
    allowTab('tab-nodes', names.length > 0);
    this.#moves = '';
    byId('moves').replaceChildren();
    const actions = [['leave-node', 'Leave', 'Hand over its slices, then go'], ['stop-node', 'Stop', 'The process stands still, as a laptop that is closed'], ['continue-node', 'Go on', 'Have a process that stands still go on'], ['kill-node', 'Kill', 'End the process at once; what was not saved is lost']];
    this.#nodes = names.map((name, node) => {
      const holds = el('small');
      const number = network.ownNodes?.[node];
      const buttons = network.canControl && number
        ? actions.map(([kind, text, tip]) => el('button', { type: 'button', class: 'small', 'data-testid': `${kind}-${node}`, 'data-tip': tip, 'aria-label': `${text} node ${nodeLetter(node)}`, text, onclick: () => this.#send(kind, number) })) : [];
      const root = el('div', { class: 'node' }, el('b', { class: 'letter', 'data-node': node % 6, text: nodeLetter(node) }), el('div', {}, el('span', { text: name }), holds), ...buttons);
      return { root, holds, buttons, own: number ? `node ${number}: ` : '' };
    });
    byId('nodes').replaceChildren(...this.#nodes.map(({ root }) => root));
  }

  async #send(kind, node) {
    try {
      await post('/api/interventions', { kind, node });
      setText(byId('node-error'), '');
    } catch (error) {
      setText(byId('node-error'), error.message);
    }
  }

  update(frame) {
    if (!this.#nodes.length) return;
    const held = new Map();
    const names = new Map(this.#run.network.populations.flatMap((population) => population.slices.map((slice) => [slice.index, slice.name])));
    for (const slice of frame.slices ?? []) {
      if (!held.has(slice.node)) held.set(slice.node, []);
      held.get(slice.node).push(names.get(slice.index) ?? String(slice.index));
    }
    this.#nodes.forEach(({ holds, buttons, own }, node) => {
      const list = held.get(node) ?? [];
      setText(holds, own + (list.length ? `${count(list.length)} slices: ${list.slice(0, 6).join(', ')}${list.length > 6 ? ' …' : ''}` : 'no slices'));
      for (const button of buttons) button.disabled = !this.#run.controllable;
    });
    const moves = (frame.moves ?? []).slice(-20);
    const key = moves.join('\n');
    if (key === this.#moves) return;
    this.#moves = key;
    byId('moves').replaceChildren(...[...moves].reverse().map((text) => el('li', { text })));
  }
}
