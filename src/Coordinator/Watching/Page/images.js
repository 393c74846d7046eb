// Bytes as images. A canvas has one pixel for each unit and the style sheet enlarges it, which costs next to nothing.
import { channels, onTheme, palette } from './theme.js';

let activityTable = null;
let weightTable = null;

export function startImages() {
  onTheme(() => { activityTable = weightTable = null; });
}

/** Base64 to bytes; nothing for null or text that is no base64. */
export function bytes(text) {
  if (!text) return new Uint8Array(0);
  try {
    const binary = atob(text);
    const result = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
    return result;
  } catch {
    return new Uint8Array(0);
  }
}

function table(stops) {
  const result = new Uint8ClampedArray(256 * 3);
  const parts = stops.length - 1;
  for (let value = 0; value < 256; value++) {
    const at = value / 255 * parts;
    const part = Math.min(parts - 1, Math.floor(at));
    for (let c = 0; c < 3; c++) result[3 * value + c] = stops[part][c] + (at - part) * (stops[part + 1][c] - stops[part][c]);
  }
  return result;
}

function activityColours() {
  const colours = palette();
  return activityTable ??= table([channels(colours['activity-low']), channels(colours['activity-high'])]);
}

function weightColours() {
  const colours = palette();
  return weightTable ??= table([channels(colours['weight-low']), channels(colours['weight-zero']), channels(colours['weight-high'])]);
}

function paint(canvas, values, width, colours) {
  const height = Math.max(1, Math.ceil(values.length / width));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.image = null;
  }
  const context = canvas.getContext('2d');
  const image = canvas.image ??= context.createImageData(width, height);
  const data = image.data;
  for (let i = 0; i < values.length; i++) {
    const from = 3 * values[i];
    data[4 * i] = colours[from];
    data[4 * i + 1] = colours[from + 1];
    data[4 * i + 2] = colours[from + 2];
    data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

export function paintActivity(canvas, values, width) {
  paint(canvas, values, width, activityColours());
}

/** Zero has the middle colour whatever the limits are; else a unit with positive weights only would look balanced. */
export function paintWeights(canvas, values, width, low, high) {
  const limit = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)) || 1;
  const shown = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const weight = low + values[i] / 255 * (high - low);
    shown[i] = Math.round(127.5 + 127.5 * Math.max(-1, Math.min(1, weight / limit)));
  }
  paint(canvas, shown, width, weightColours());
}

/**
 * The units of a population in one array. Slices come each with limits of their own; one image needs common ones.
 * Returns the values, and what black and white mean.
 */
export function joinSlices(population, sliceFrames, target) {
  let low = Infinity;
  let high = -Infinity;
  const parts = population.slices.map((slice) => ({ slice, frame: sliceFrames.get(slice.index) }));
  for (const { frame } of parts) {
    if (!frame) continue;
    low = Math.min(low, frame.low ?? 0);
    high = Math.max(high, frame.high ?? 1);
  }
  const scale = high > low ? 255 / (high - low) : 0;
  for (const { slice, frame } of parts) {
    const values = bytes(frame?.activity);
    const from = frame?.low ?? 0;
    const range = (frame?.high ?? 1) - from;
    for (let i = 0; i < slice.count; i++) {
      target[slice.first + i] = i < values.length ? (from + values[i] / 255 * range - low) * scale : 0;
    }
  }
  return { low: Number.isFinite(low) ? low : 0, high: Number.isFinite(high) ? high : 0 };
}

/** Columns of a grid of units that fits the box and leaves few places empty. */
export function gridWidth(size, boxWidth, boxHeight) {
  const ideal = Math.max(1, Math.sqrt(size * boxWidth / Math.max(1, boxHeight)));
  let best = Math.max(1, Math.min(size, Math.ceil(ideal)));
  let least = Infinity;
  for (let columns = Math.max(1, Math.floor(ideal / 2)); columns <= Math.min(size, Math.ceil(ideal * 2)); columns++) {
    const places = columns * Math.ceil(size / columns);
    const cost = (places - size) / places + Math.abs(Math.log(columns / ideal)) / 2;
    if (cost < least) [best, least] = [columns, cost];
  }
  return best;
}
