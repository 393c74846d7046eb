// Entry of the page of a sweep: holds what is chosen, and hands each frame to the views.
import { Connection } from './connection.js';
import { byId, count, percent, setAttribute, setText } from './format.js';
import { Choice } from './sweep-choice.js';
import { DetailView } from './sweep-detail.js';
import { LineView } from './sweep-line.js';
import { MapView } from './sweep-map.js';
import { Points } from './sweep-points.js';
import { TableView } from './sweep-table.js';
import { onTheme, startTheme } from './theme.js';
import { startTips } from './tips.js';

const sweep = { points: null, frame: null, choice: null, selected: null };
let status = 'connecting';
let scheduled = false;

startTheme();
startTips();
const views = [new MapView(sweep, select), new LineView(sweep, select), new DetailView(sweep), new TableView(sweep, select)];

function select(number) {
  sweep.selected = number;
  redraw();
}

function draw() {
  scheduled = false;
  if (!sweep.points || !sweep.frame) return;
  sweep.points.frame = sweep.frame;
  readouts(sweep.frame, sweep.points);
  for (const view of views) view.update();
}

function redraw() {
  if (scheduled || document.hidden) return;
  scheduled = true;
  requestAnimationFrame(draw);
}

function readouts(frame, points) {
  setAttribute(byId('state'), 'data-state', frame.state);
  setText(byId('state'), frame.state);
  setText(byId('runs'), `${count(frame.over)} / ${count(points.about.runs)}`);
  byId('progress').value = frame.share;
  const tally = points.tally();
  setText(byId('points-done'), `${count(tally.done)} / ${count(points.length)}`);
  setText(byId('points-running'), frame.running === null ? '–' : count(tally.running));
  setText(byId('points-failed'), count(tally.failed));
  setText(byId('left'), frame.state === 'running' ? duration(frame.secondsLeft) : '–');
  setText(byId('announce'), frame.state === 'running' ? '' : `The sweep is ${frame.state}, ${percent(frame.share, 0)} of it made.`);
}

function duration(seconds) {
  if (seconds === null) return '–';
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const connection = new Connection({
  description(about) {
    if (JSON.stringify(about) === JSON.stringify(sweep.points?.about)) return;
    sweep.points = new Points(about);
    sweep.frame = null;
    sweep.selected = null;
    document.title = `${about.name}: sweep`;
    setText(byId('name'), about.name);
    setText(byId('about'), `sweep, ${count(sweep.points.length)} points × ${count(about.seeds)} seeds`);
    setText(byId('command'), about.command);
    byId('command').title = about.command;
    setText(byId('measure'), `Mean over seeds: ${about.measure.axis}`);
    sweep.choice = new Choice(sweep.points, redraw);
    for (const view of views) view.describe();
  },
  frame(text) {
    sweep.frame = JSON.parse(text);
    redraw();
  },
  status(now, text, notice) {
    status = now;
    setAttribute(byId('connection'), 'data-status', now);
    setText(byId('connection'), text);
    if (notice || now === 'live') {
      setText(byId('notice'), notice ?? '');
      byId('notice').hidden = !notice;
    }
    if (!sweep.frame) {
      setAttribute(byId('state'), 'data-state', status);
      setText(byId('state'), status === 'live' ? 'connecting' : text);
    }
  },
  lastState: () => sweep.frame?.state,
});

document.addEventListener('visibilitychange', redraw);
onTheme(redraw);
connection.open();
