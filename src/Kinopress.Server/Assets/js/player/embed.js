// The embed API, version 1. Out: { kinopress: 1, type: 'ready'|'play'|'pause'|'time'|'ended'|'error'|'quality', … }.
// In: { kinopress: 1, type: 'play'|'pause'|'seek'|'mute', … } with `seconds` for seek and `muted` for mute.

/**
 * @param {HTMLElement & { play(): Promise<void> }} player
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
export function talkToParent(player, video, signal) {
  if (window.parent === window) return;
  // The page around us, when it says who it is; nothing we tell is a secret, so an unknown parent may listen too.
  const parentOrigin = document.referrer ? new URL(document.referrer).origin : '*';
  const tell = (type, detail = {}) => window.parent.postMessage({ kinopress: 1, type, ...detail }, parentOrigin);
  const on = (name, type, detail = () => ({})) => video.addEventListener(name, (event) => tell(type, detail(event)), { signal });

  let toldAt = -1;
  video.addEventListener('loadedmetadata', () => tell('ready', { duration: video.duration }), { once: true, signal });
  on('play', 'play', () => ({ seconds: video.currentTime }));
  on('pause', 'pause', () => ({ seconds: video.currentTime }));
  on('ended', 'ended');
  on('kinopress-quality', 'quality', (event) => event.detail);
  player.addEventListener('kinopress-error', (event) => tell('error', event.detail), { signal });
  video.addEventListener('timeupdate', () => {
    if (Math.abs(video.currentTime - toldAt) < 0.25) return;
    toldAt = video.currentTime;
    tell('time', { seconds: video.currentTime, duration: video.duration });
  }, { signal });

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || (parentOrigin !== '*' && event.origin !== parentOrigin)) return;
    const message = event.data;
    if (message?.kinopress !== 1) return;
    if (message.type === 'play') void player.play();
    if (message.type === 'pause') video.pause();
    if (message.type === 'seek' && Number.isFinite(message.seconds)) video.currentTime = message.seconds;
    if (message.type === 'mute') video.muted = message.muted !== false;
  }, { signal });
}
