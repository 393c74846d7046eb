// The points of a sweep: which settings each has, and how its numbers are written.
import { isNumber, percent } from './format.js';

export class Points {
  /** The newest frame; views read it through the methods. */
  frame = null;

  constructor(about) {
    this.about = about;
    this.length = about.variations.reduce((product, one) => product * one.values.length, 1);
  }

  /** The point of a choice of a value for each setting; the last setting changes fastest. */
  numberOf(choice) {
    return this.about.variations.reduce((number, one, index) => number * one.values.length + choice[index], 0);
  }

  choiceOf(number) {
    const choice = [];
    for (const { values } of [...this.about.variations].reverse()) {
      choice.unshift(number % values.length);
      number = Math.floor(number / values.length);
    }
    return choice;
  }

  /** Its settings for people, such as "loss 0.3". */
  settingsOf(number) {
    return this.choiceOf(number).map((value, index) => [this.about.variations[index].name, this.about.variations[index].values[value]]);
  }

  at(number) {
    return this.frame.points[number];
  }

  /** waiting, running, part (some of its runs are over) or done. */
  stateOf(number) {
    const point = this.at(number);
    const over = point.done + point.failed;
    return over >= this.about.seeds ? 'done' : point.running > 0 ? 'running' : over > 0 ? 'part' : 'waiting';
  }

  tally() {
    const all = { done: 0, running: 0, failed: 0 };
    this.frame.points.forEach((point) => {
      if (point.done >= this.about.seeds) all.done++;
      if (point.running > 0) all.running++;
      if (point.failed > 0) all.failed++;
    });
    return all;
  }

  /** The least and the greatest mean; null where there is none. */
  range() {
    const means = this.frame.points.map((point) => point.mean).filter(isNumber);
    return means.length ? [Math.min(...means), Math.max(...means)] : null;
  }

  scaled(value) {
    return value * this.about.measure.scale;
  }

  text(value, unit = true) {
    if (!isNumber(value)) return '–';
    return this.scaled(value).toFixed(this.about.measure.decimals).replace('-', '−') + (unit ? this.about.measure.unit : '');
  }

  interval(point) {
    return isNumber(point.low) && isNumber(point.high) ? `${this.text(point.low, false)} to ${this.text(point.high)}` : '–';
  }

  /** All about a point in words. */
  words(number) {
    const point = this.at(number);
    const settings = this.settingsOf(number).map((one) => one.join(' ')).join(', ');
    const parts = [isNumber(point.mean) ? `${this.about.measure.name} ${this.text(point.mean)}` : null,
      isNumber(point.low) ? `95 % interval ${this.interval(point)}` : null,
      `${point.done + point.failed} of ${this.about.seeds} runs over`,
      point.running ? `${point.running} running` : null, point.failed ? `${point.failed} failed` : null,
      point.dead ? `${point.dead} with silent units` : null, isNumber(point.lost) ? `${percent(point.lost)} of messages lost` : null];
    return `${settings}: ${parts.filter(Boolean).join('; ')}.`;
  }
}
