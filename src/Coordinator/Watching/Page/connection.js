// Requests to the program, and the stream of frames with its reconnection.

const token = new URL(location.href).searchParams.get('token') ?? '';
const firstWait = 500;
const longestWait = 10_000;
const manyFailures = 6;
const endStates = ['finished', 'stopped', 'failed'];

export function address(path, parameters = {}) {
  return `${path}?${new URLSearchParams({ ...parameters, token })}`;
}

export class RequestError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function request(path, parameters, options) {
  let response;
  try {
    response = await fetch(address(path, parameters), { cache: 'no-store', ...options });
  } catch {
    throw new RequestError('The program does not answer.', 0);
  }
  if (response.ok) return response;
  let message = `The program refuses this (${response.status}).`;
  try {
    message = (await response.json()).error ?? message;
  } catch {
    // An answer without JSON, of a proxy for instance: the status says enough.
  }
  throw new RequestError(message, response.status);
}

export async function getJson(path, parameters) {
  return (await request(path, parameters, {})).json();
}

export async function getBlob(path) {
  return (await request(path, {}, {})).blob();
}

export async function post(path, body = {}) {
  await request(path, {}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/**
 * Keeps one stream open. EventSource reconnects by itself, but neither backs off nor tells a refused token from a
 * program that is gone, and the description must be asked for again before frames of a new run arrive.
 */
export class Connection {
  #source = null;
  #timer = 0;
  #wait = firstWait;
  #failures = 0;
  #handlers;

  /** Handlers: description(json), frame(text), status(status, text, notice), lastState(). */
  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener('online', () => this.#retryNow());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#retryNow(); });
  }

  async open() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#handlers.status('connecting', 'connecting', null);
    try {
      await this.#describe();
    } catch (error) {
      this.#lost(error);
      return;
    }
    const source = new EventSource(address('/api/frames'));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#wait = firstWait;
      this.#failures = 0;
      this.#handlers.status('live', 'connected', null);
    });
    source.addEventListener('frame', (event) => this.#handlers.frame(event.data));
    source.addEventListener('description', () => this.#describe().catch((error) => this.#lost(error)));
    source.addEventListener('error', () => { if (source === this.#source) this.#lost(null); });
  }

  async #describe() {
    this.#handlers.description(await getJson('/api/description'));
  }

  #retryNow() {
    if (this.#timer) this.open();
  }

  #lost(error) {
    this.#source?.close();
    this.#source = null;
    this.#failures++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), this.#wait);
    const seconds = Math.round(this.#wait / 100) / 10;
    // Half to one and a half: pages that lost one program do not all come back at the same instant.
    this.#wait = Math.min(longestWait, this.#wait * (1.5 + Math.random()));
    if (error && (error.status === 401 || error.status === 403)) {
      this.#handlers.status('refused', 'no access', 'The address has no valid token: open the address that the program prints.');
    } else if (endStates.includes(this.#handlers.lastState())) {
      this.#handlers.status('ended', 'program closed', 'All has ended and the program has closed; this is the last state.');
    } else {
      this.#handlers.status('lost', 'connection lost', this.#failures > manyFailures
        ? `The program has been gone for a while, so it has probably ended; this is its last state. Next attempt in ${seconds} s.`
        : `The program does not answer; next attempt in ${seconds} s. Until then this is the last state that was seen.`);
    }
  }
}
