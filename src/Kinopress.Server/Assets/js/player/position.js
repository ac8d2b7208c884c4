// Where to start, and where the viewer left off.

const shortest = 30; // seconds; shorter videos are not worth remembering

const keyOf = (id) => `kinopress:position:${id}`;

/**
 * `?t=` of the page wins over the `start` attribute, which wins over the remembered place.
 * @param {string} id
 * @param {number} start seconds
 * @param {number} duration seconds; 0 when unknown
 * @returns {number} seconds
 */
export function startPosition(id, start, duration) {
  const asked = parseTime(new URLSearchParams(location.search).get('t'));
  const wanted = asked ?? (start > 0 ? start : read(id));
  return duration > 0 && wanted >= duration - 1 ? 0 : wanted;
}

/** @param {string | null} text `90`, `1:30`, `1m30s`, `1h2m` @returns {number | null} seconds */
export function parseTime(text) {
  if (!text) return null;
  if (/^\d+(\.\d+)?s?$/.test(text)) return parseFloat(text);
  if (/^\d+(:\d{1,2}){1,2}$/.test(text)) return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  return parts ? Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : null;
}

/**
 * @param {string} id
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
export function rememberPosition(id, video, signal) {
  if (!id) return;
  let savedAt = 0;
  const save = () => {
    if (!Number.isFinite(video.duration) || video.duration < shortest || video.currentTime < 3) return;
    write(id, video.currentTime > video.duration - 10 ? null : video.currentTime);
  };
  video.addEventListener('timeupdate', () => {
    if (video.paused || Math.abs(video.currentTime - savedAt) < 5) return;
    savedAt = video.currentTime;
    save();
  }, { signal });
  video.addEventListener('pause', save, { signal });
  video.addEventListener('ended', () => write(id, null), { signal });
  window.addEventListener('pagehide', save, { signal });
}

function read(id) {
  try {
    return Number(localStorage.getItem(keyOf(id)) ?? 0) || 0;
  } catch {
    return 0; // storage may be forbidden
  }
}

function write(id, seconds) {
  try {
    if (seconds === null) localStorage.removeItem(keyOf(id));
    else localStorage.setItem(keyOf(id), seconds.toFixed(1));
  } catch {
    // storage may be forbidden or full; the viewer starts from the beginning next time
  }
}
