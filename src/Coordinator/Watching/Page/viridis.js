// A scale that colour-blind readers can order, and its ink: dark on bright cells, bright on dark ones.
const stops = ['440154', '482878', '3e4989', '31688e', '26828e', '1f9e89', '35b779', '6ece58', 'b5de2b', 'fde725']
  .map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));

export function viridis(part) {
  const place = Math.min(1, Math.max(0, part)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  return `rgb(${stops[low].map((value, index) => Math.round(value + (stops[low + 1][index] - value) * (place - low))).join(' ')})`;
}

export const ink = (part) => part > 0.55 ? '#000' : '#fff';
