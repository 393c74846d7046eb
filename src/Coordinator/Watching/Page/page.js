// Entry: holds the state of the page and hands the newest frame to the views, at most once an animation frame.
import { Connection } from './connection.js';
import { ControlsView } from './controls.js';
import { CurveView } from './curve.js';
import { DoneView } from './done.js';
import { byId, setAttribute, setText } from './format.js';
import { GuideView } from './guide.js';
import { startImages } from './images.js';
import { isControl } from './links.js';
import { MeasurementsView } from './measurements.js';
import { NetworkView } from './network.js';
import { NodesView } from './nodes.js';
import { RasterView } from './raster.js';
import { Recent } from './recent.js';
import { hasEnded, RunBar } from './runbar.js';
import { allowTab, showTab, startTabs } from './tabs.js';
import { onTheme, reducedMotion, startTheme } from './theme.js';
import { startTips } from './tips.js';

const silentAfter = 5000;
// Frames that are further apart than a raster is wide have nothing in common. Shown ten times a second they would
// flash, which tells nothing and is unsafe for some readers (WCAG 2.3.1: at most three flashes a second).
const slowEnough = 400;
const momentLasts = 400;
const calmMomentLasts = 1000;

/** What the views see of the run, and the selection that they share. */
const run = {
  network: null,
  frame: null,
  /** The frame of which phases, activity and stimulus are shown; older than frame while the run is fast. */
  moment: null,
  momentAt: 0,
  recent: new Recent(),
  selection: { kind: 'all' },
  /** Settings of control channels when first seen: the description of the network leaves them out. */
  controlBase: new Map(),
  status: 'connecting',

  get controllable() {
    return Boolean(run.network?.canControl) && run.status === 'live' && !hasEnded(run.frame);
  },

  /** The newest frame even while the page is hidden and draws none. */
  newest() {
    if (waiting) parse();
    return run.frame;
  },

  select(selection) {
    run.selection = selection;
    showTab('tab-control');
    markSelection();
    redraw();
    controls.show();
  },

  isSelected(name) {
    const { kind } = run.selection;
    if (isControl(name)) return kind === 'control';
    return kind === 'all' ? false : kind === 'link' && run.selection.name === name;
  },
};

let waiting = null;
let scheduled = false;
let heardAt = 0;
const reported = new Set();

startTheme();
startImages();
startTips();
startTabs();
const controls = new ControlsView(run);
const views = [new RunBar(run), new NetworkView(run), new RasterView(run), new CurveView(run), new MeasurementsView(run),
  new DoneView(run), new NodesView(run), controls, new GuideView(run)];

function parse() {
  const text = waiting;
  waiting = null;
  try {
    const frame = JSON.parse(text);
    for (const link of frame.links ?? []) {
      if (isControl(link.name) && !run.controlBase.has(link.name)) run.controlBase.set(link.name, link);
    }
    run.frame = frame;
    run.recent.push(frame);
  } catch (error) {
    report('frame', error);
  }
}

/** A fault in one view must not stop the others, nor fill the console ten times a second. */
function report(where, error) {
  const key = `${where} ${error.message}`;
  if (reported.has(key) || reported.size > 50) return;
  reported.add(key);
  console.error(where, error);
}

function each(name, argument) {
  for (const view of views) {
    try {
      view[name]?.(argument);
    } catch (error) {
      report(`${view.constructor.name}.${name}`, error);
    }
  }
}

function markSelection() {
  setAttribute(byId('select-all'), 'aria-pressed', String(run.selection.kind === 'all'));
  setAttribute(byId('select-control'), 'aria-pressed', String(run.selection.kind === 'control'));
}

function draw() {
  scheduled = false;
  if (waiting) parse();
  if (!run.frame || !run.network) return;
  allowTab('tab-alignment', (run.frame.alignment?.length ?? 0) > 0);
  takeMoment(run.frame);
  byId('select-control').hidden = run.controlBase.size === 0;
  each('update', run.frame);
}

function takeMoment(frame) {
  const now = performance.now();
  const fast = frame.state === 'running' && frame.tauPerSecond > slowEnough;
  run.sampled = fast;
  const lasts = frame.state !== 'running' ? 0 : reducedMotion.matches ? calmMomentLasts : fast ? momentLasts : 0;
  if (run.moment && run.moment !== frame && now - run.momentAt < lasts) return;
  run.moment = frame;
  run.momentAt = now;
}

function redraw() {
  if (scheduled || document.hidden) return;
  scheduled = true;
  requestAnimationFrame(draw);
}

function showStatus(status, text, notice) {
  if (status !== run.status && status !== 'connecting') setText(byId('announce'), text);
  run.status = status;
  // While an attempt is under way the notice of the last one stays, or it would blink.
  if (notice || status === 'live') {
    setText(byId('notice'), notice ?? '');
    byId('notice').hidden = !notice;
  }
  setAttribute(byId('connection'), 'data-status', status);
  setText(byId('connection'), text);
  if (!run.frame) {
    setAttribute(byId('state'), 'data-state', status === 'live' ? 'connecting' : status);
    setText(byId('state'), status === 'live' ? 'connecting' : status === 'connecting' ? 'connecting' : 'no connection');
  }
  redraw();
}

const connection = new Connection({
  description(network) {
    const same = JSON.stringify(network) === JSON.stringify(run.network);
    if (same) return;
    network.populations ??= [];
    network.projections ??= [];
    run.network = network;
    run.frame = null;
    run.moment = null;
    run.recent.clear();
    run.controlBase.clear();
    const known = [...network.projections, ...network.populations].some((one) => one.name === run.selection.name);
    if (!known) run.selection = { kind: 'all' };
    markSelection();
    each('describe', network);
    redraw();
  },
  frame(text) {
    waiting = text;
    heardAt = performance.now();
    redraw();
  },
  status: showStatus,
  lastState: () => run.frame?.state,
});

byId('select-all').addEventListener('click', () => run.select({ kind: 'all' }));
byId('select-control').addEventListener('click', () => run.select({ kind: 'control' }));
document.addEventListener('visibilitychange', redraw);
onTheme(redraw);

// A connection can stand and yet bring nothing: the reader must know that what is shown is old.
setInterval(() => {
  if (run.status !== 'live' || run.frame?.state !== 'running' || document.hidden) return;
  const silent = performance.now() - heardAt;
  setText(byId('connection'), silent > silentAfter ? `connected, nothing new for ${Math.round(silent / 1000)} s` : 'connected');
}, 1000);

connection.open();
