// Asks the site how a live stands: seldom while it plays, often while something is about to change, not while nobody looks.

const calm = 10_000;
const eager = 2_000;
const patience = 10_000; // an answer that never comes must not be the last one asked for

/**
 * @typedef {object} LiveState
 * @property {'idle' | 'waiting' | 'live' | 'interrupted' | 'ended' | 'gone'} state gone: it does not exist, or is not for this visitor
 * @property {string | null} startedAt when it last went on air
 * @property {number} viewers
 * @property {string | null} replay public id of the newest recording
 */

/**
 * @param {string} url of the live in the API
 * @param {(state: LiveState) => void} onAnswer called with each answer
 * @param {AbortSignal} signal
 */
export function watchState(url, onAnswer, signal) {
  let timer = 0;
  let isEager = false;
  let asking = null;

  async function ask() {
    clearTimeout(timer);
    try {
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
      if ([401, 403, 404, 410].includes(answer.status)) onAnswer({ state: 'gone', startedAt: null, viewers: 0, replay: null });
      else if (answer.ok) onAnswer(await answer.json());
    } catch {
      // Offline, or the site restarts: ask again.
    }
    wait();
  }

  function wait() {
    clearTimeout(timer);
    if (!signal.aborted && document.visibilityState !== 'hidden') timer = setTimeout(look, isEager ? eager : calm);
  }

  function look() {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? clearTimeout(timer) : void look()), { signal });
  window.addEventListener('online', () => void look(), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  wait();
  return {
    /** Asks now. */
    look,
    /** @param {boolean} value whether something is about to change */
    set isEager(value) {
      if (value === isEager) return;
      isEager = value;
      if (asking === null) wait();
    },
  };
}
