// The panel of what is selected: a link, all links, control channels or a population. The two kinds have files of their own.
import { byId } from './format.js';
import { LinkPanel } from './link-panel.js';
import { PopulationPanel } from './population-panel.js';

export class ControlsView {
  #run;
  #panel = null;
  #key = '';

  constructor(run) {
    this.#run = run;
  }

  describe() {
    this.#key = '';
    this.show();
  }

  /** Builds the panel anew only for another selection: a slider in use must not be replaced by a frame. */
  show() {
    const { network, selection } = this.#run;
    if (!network) return;
    const key = `${selection.kind} ${selection.name ?? ''}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#panel = selection.kind === 'population' ? new PopulationPanel(this.#run) : new LinkPanel(this.#run);
      byId('control').replaceChildren(this.#panel.root);
    }
    this.#panel.selected?.(selection);
    if (this.#run.frame) this.update(this.#run.frame);
  }

  update(frame) {
    this.#panel?.update(frame);
  }
}
