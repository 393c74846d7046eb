// The bar on top: state, transport, speed limit and the main readouts.
import { getBlob, post } from './connection.js';
import { byId, count, fixed, percent, plain, setAttribute, setText, short } from './format.js';

const endStates = ['finished', 'stopped', 'failed'];
const decades = 5;
const noLimit = 100;
const speedDelay = 150;

/** The last step of the slider means no limit; the others are logarithmic from 1 to 10⁵ τ a second. */
const toLimit = (position) => position >= noLimit ? null : Number((10 ** (position / (noLimit - 1) * decades)).toPrecision(2));
const toPosition = (limit) => limit === null || limit === undefined ? noLimit
  : Math.max(0, Math.min(noLimit - 1, Math.round(Math.log10(Math.max(1, limit)) / decades * (noLimit - 1))));

export class RunBar {
  #run;
  #speed = byId('speed');
  #held = 0;
  #timer = 0;
  #state = null;

  constructor(run) {
    this.#run = run;
    byId('pause').addEventListener('click', () => this.#send('/api/pause'));
    byId('resume').addEventListener('click', () => this.#send('/api/resume'));
    byId('step').addEventListener('click', () => this.#send('/api/step'));
    this.#speed.addEventListener('input', () => this.#moved());
    byId('full-speed').addEventListener('click', () => { this.#speed.value = String(noLimit); this.#moved(); });
    byId('save-experiment').addEventListener('click', () => this.#save());
    document.addEventListener('keydown', (event) => this.#key(event));
    // A button that was clicked keeps the focus, and space would press it again instead of pausing.
    document.addEventListener('click', (event) => { if (event.detail > 0) event.target.closest('button')?.blur(); });
  }

  describe(network) {
    setText(byId('name'), network.name || 'Nudge');
    setText(byId('about'), [network.engine, `seed ${network.seed ?? '–'}`, network.mode === 'recorded' ? 'recorded' : null].filter(Boolean).join(' · '));
    byId('about').dataset.tip = network.folder ? `Written to ${network.folder}` : '';
    document.title = `${network.name || 'run'} – Nudge`;
    document.body.classList.toggle('watch-only', !network.canControl);
  }

  async #send(path, body) {
    if (!this.#run.controllable) return;
    try {
      await post(path, body);
      setText(byId('run-error'), '');
    } catch (error) {
      setText(byId('run-error'), error.message);
    }
  }

  #moved() {
    // The slider is the user's for a while: frames on their way still tell the former limit.
    this.#held = performance.now() + 1500;
    this.#showLimit(toLimit(Number(this.#speed.value)));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send('/api/speed', { tauPerSecond: toLimit(Number(this.#speed.value)) }), speedDelay);
  }

  #showLimit(limit) {
    const none = limit === null || limit === undefined;
    const text = none ? 'as fast as it goes' : `${short(limit)} τ/s`;
    setText(byId('speed-value'), text);
    setAttribute(this.#speed, 'aria-valuetext', text);
    setAttribute(byId('full-speed'), 'aria-pressed', String(none));
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    // Space and arrows mean something else on what has the focus.
    if (event.target.closest('input, button, select, textarea, [role=tab], .scroll')) return;
    if (event.key === ' ') {
      event.preventDefault();
      this.#send(this.#run.frame?.state === 'paused' ? '/api/resume' : '/api/pause');
    } else if (event.key === 'ArrowRight') {
      event.preventDefault();
      this.#send('/api/step');
    }
  }

  async #save() {
    try {
      const address = URL.createObjectURL(await getBlob('/api/experiment'));
      const anchor = document.createElement('a');
      anchor.href = address;
      anchor.download = `${(this.#run.network?.name ?? 'experiment').replace(/[^\w.-]+/g, '-')}.yaml`;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
      setText(byId('run-error'), '');
    } catch (error) {
      setText(byId('run-error'), error.message);
    }
  }

  update(frame) {
    const { network } = this.#run;
    const state = byId('state');
    const evaluating = frame.evaluating;
    // What the last frame said may no longer be so; that a run has ended stays true.
    if (frame.state !== this.#state) setText(byId('announce'), frame.state ?? '');
    this.#state = frame.state;
    const stale = this.#run.status !== 'live' && !hasEnded(frame);
    document.body.classList.toggle('stale', stale);
    setAttribute(state, 'data-state', stale ? 'lost' : frame.state ?? 'running');
    setText(state, stale ? 'connection lost' : frame.state === 'evaluating' && evaluating ? `evaluating ${count(evaluating.shown)}/${count(evaluating.examples)}` : frame.state ?? '–');
    const whole = network?.presentations;
    setText(byId('presentations'), `${count(frame.presentations)} / ${count(whole)}`);
    byId('progress').value = whole > 0 ? Math.min(1, (frame.presentations ?? 0) / whole) : 0;
    setText(byId('tau'), `${frame.tau >= 1e7 ? short(frame.tau) : frame.tau >= 1e4 ? count(frame.tau) : fixed(frame.tau, 1)} τ`);
    setText(byId('rate'), `${frame.rate < 100 ? plain(frame.rate) : short(frame.rate)}/s`);
    byId('rate').dataset.tip = `Stimuli a second; simulated time ${plain(frame.tauPerSecond)} τ a second`;
    setText(byId('running-accuracy'), percent(frame.runningAccuracy));
    if (performance.now() > this.#held) {
      const position = String(toPosition(frame.speedLimit));
      if (this.#speed.value !== position) this.#speed.value = position;
      this.#showLimit(frame.speedLimit);
    }
    this.enable();
  }

  enable() {
    const state = this.#run.frame?.state;
    const able = this.#run.controllable;
    byId('pause').disabled = !able || state === 'paused';
    byId('resume').disabled = !able || state !== 'paused';
    byId('step').disabled = !able || state === 'evaluating';
    for (const id of ['speed', 'full-speed']) byId(id).disabled = !able;
  }
}

export const hasEnded = (frame) => endStates.includes(frame?.state);
