// Shows what was said as the video plays: a minute at a time is fetched, the next before it is needed, and seeking begins anew.

const piece = 60_000;
const shownAtOnce = 100;

/**
 * @param {string} publicId
 * @param {() => HTMLVideoElement | null} videoOf
 * @param {import('./list.js').MessageList} list
 * @param {AbortSignal} signal
 */
export function followVideo(publicId, videoOf, list, signal) {
  /** @type {Map<number, Promise<any[]>>} */
  const pieces = new Map();
  let shownUntil = -1;
  let isBusy = false;

  async function fetchPiece(number) {
    const answer = await fetch(`/rest/v1/videos/${encodeURIComponent(publicId)}/chat?from=${number * piece}&to=${(number + 1) * piece}`, { signal });
    if (!answer.ok) throw new Error(`chat ${answer.status}`);
    return (await answer.json()).items.map(({ offsetMs, message }) => ({ ...message, offsetMs }));
  }

  function pieceAt(number) {
    if (number < 0) return Promise.resolve([]);
    if (!pieces.has(number)) {
      const fetched = fetchPiece(number);
      fetched.catch(() => pieces.delete(number)); // the next look tries again
      pieces.set(number, fetched);
    }

    return pieces.get(number);
  }

  async function look() {
    const video = videoOf();
    if (!video || isBusy) return;
    isBusy = true;
    try {
      const now = Math.floor(video.currentTime * 1000);
      const number = Math.floor(now / piece);
      const isJump = now < shownUntil || now - shownUntil > 5000;
      const current = await pieceAt(number);
      if (isJump) {
        const before = [...(await pieceAt(number - 1)), ...current].filter((message) => message.offsetMs <= now && message.offsetMs > now - piece);
        list.reset(before.slice(-shownAtOnce));
      } else {
        const earlier = Math.floor(shownUntil / piece) < number ? await pieceAt(number - 1) : [];
        [...earlier, ...current].filter((message) => message.offsetMs > shownUntil && message.offsetMs <= now).forEach((message) => list.add(message));
      }

      shownUntil = now;
      if (now % piece > piece - 15_000) pieceAt(number + 1).catch(() => {});
    } catch {
      // The network is away; the video would say so as well.
    } finally {
      isBusy = false;
    }
  }

  const timer = setInterval(look, 500);
  signal.addEventListener('abort', () => clearInterval(timer));
}
