// Asks again and again, gently: slower while nothing changes, not at all while nobody looks.

/**
 * @param {() => Promise<{ isOver: boolean, hasChanged: boolean }>} ask
 * @param {AbortSignal} signal
 * @param {{ first?: number, last?: number }} [pauses] milliseconds
 */
export async function poll(ask, signal, { first = 1500, last = 5000 } = {}) {
  let pause = first;
  while (!signal.aborted) {
    if (document.visibilityState === 'hidden') await becomesVisible(signal);
    if (signal.aborted) return;
    try {
      const { isOver, hasChanged } = await ask();
      if (isOver) return;
      pause = hasChanged ? first : Math.min(last, pause * 1.3);
    } catch {
      pause = last; // offline or the site restarts: keep asking
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function becomesVisible(signal) {
  return new Promise((resolve) => {
    const check = () => {
      if (document.visibilityState !== 'hidden') resolve();
    };
    document.addEventListener('visibilitychange', check, { signal });
    signal.addEventListener('abort', resolve, { once: true });
  });
}
