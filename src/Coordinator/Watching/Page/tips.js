// Explanations of terms, on hover and on focus; the title attribute would be out of reach of the keyboard.
import { byId } from './format.js';

const terms = {
  presentation: 'One stimulus, held for a few phases. The network sees each stimulus of the run this many times in all.',
  tau: 'Simulated time in τ, the membrane time constant of a unit. All delays are in τ.',
  running: 'Share of right answers of late, in training. The learning curve also has the accuracy on held-out examples.',
  phase: 'A stretch of time in which the network settles under one condition. The coordinator announces phases; each slice enters a phase when the news reaches it. Where the run is too fast to follow, single moments are shown.',
  polarity: 'Positive: the answer is present, so the output is nudged or clamped towards it. Negative: the network runs without it. Chosen at random, positive with probability b.',
  gated: 'An update that was held back, because what the synapse had received belonged to another phase.',
  wrong: 'An update under the sign of a phase that had already ended: the slice had not heard of the new phase yet.',
  staleness: 'Staleness: time between the sending of an activity and its use in an update. Loss and delay both raise it.',
  symmetry: 'Cosine between the two copies of the weights of a connection that runs in both directions; 1 means that they are equal.',
  learnedPositive: 'Updates in positive phases.',
  learnedNegative: 'Updates in negative phases.',
  saturated: 'Share of units whose activity is at its limit, so that a nudge hardly moves them.',
  dead: 'Share of units that have not been active of late.',
  norm: 'Length of the last change of all weights of the population.',
  ledger: 'Lost: dropped by the loss law of the link. Cut off: sent while the link was cut. Network: lost by the real network between nodes. Under way: not yet arrived.',
  delay: 'Mean time that a message takes. Around it each message draws a time of its own, so that messages overtake each other.',
  loss: 'Probability that a message is lost. The receiver then keeps the last activity that arrived.',
  duplicate: 'Share of messages that arrive twice, the second time after a delay of its own.',
};

const explanation = (element) => element.dataset.tip ?? terms[element.dataset.term];

export function startTips() {
  const tip = byId('tip');
  let owner = null;
  const show = (element) => {
    const text = explanation(element);
    if (!text) return;
    owner = element;
    tip.textContent = text;
    tip.hidden = false;
    element.setAttribute('aria-describedby', 'tip');
    place(tip, element.getBoundingClientRect());
  };
  const hide = () => {
    if (!owner) return;
    owner.removeAttribute('aria-describedby');
    owner = null;
    tip.hidden = true;
  };
  const target = (event) => event.target.closest?.('[data-tip], [data-term]');
  document.addEventListener('pointerover', (event) => {
    const element = target(event);
    if (element !== owner) hide();
    if (element) show(element);
  });
  document.addEventListener('focusin', (event) => {
    hide();
    const element = target(event);
    if (element && element.matches(':focus-visible')) show(element);
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, true);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  makeReachable(document);
}

/** Terms are plain text, which the tab key would pass over. */
export function makeReachable(root) {
  for (const term of root.querySelectorAll('.term:not([tabindex])')) term.tabIndex = 0;
}

function place(tip, box) {
  const margin = 6;
  const size = tip.getBoundingClientRect();
  const left = Math.max(margin, Math.min(innerWidth - size.width - margin, box.left + box.width / 2 - size.width / 2));
  const below = box.bottom + margin + size.height < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? box.bottom + margin : Math.max(margin, box.top - size.height - margin)}px`;
}
