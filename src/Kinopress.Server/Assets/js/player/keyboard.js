// Keys of the player. They work anywhere on the page while nobody types and no other control has the focus.

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const typing = 'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';
const ownSpace = 'button, a[href], summary, [role=button], [role^=menuitem], [tabindex]:not([tabindex="-1"])';
const ownArrows = 'input[type=range], [role=slider], [role=menu], [role^=menuitem], [role=tab], [role=listbox]';

/**
 * @param {HTMLElement & { play(): Promise<void>, bounds(): { start: number, end: number }, live: { toEdge(): void } | null }} player
 * @param {HTMLVideoElement} video
 * @param {{ controller: HTMLElement, flash(text: string): void, toggleTheatre(): void }} controls
 * @param {AbortSignal} signal
 */
export function listenToKeys(player, video, controls, signal) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const path = event.composedPath().filter((node) => node instanceof Element);
    if (path.some((node) => node.matches(typing)) || document.querySelector('dialog[open]')) return;
    const isInside = path.includes(player);
    if (!isInside && document.querySelector('kinopress-player') !== player) return;
    const isTakenBy = (selector) => path.slice(0, isInside ? path.indexOf(controls.controller) : undefined).some((node) => node.matches(selector));
    if ((event.key === ' ' || event.key === 'Enter') && isTakenBy(ownSpace)) return;
    if (event.key.startsWith('Arrow') && isTakenBy(ownArrows)) return;
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && !isInside) return; // the page scrolls

    if (act(event.key, player, video, controls)) event.preventDefault();
  }, { signal });
}

/** @returns {boolean} whether the key meant something */
function act(key, player, video, controls) {
  const seek = (seconds) => {
    const { start, end } = player.bounds();
    video.currentTime = Math.max(start, Math.min(end, video.currentTime + seconds));
    controls.flash(`${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`);
  };
  const louder = (step) => {
    video.volume = Math.max(0, Math.min(1, video.volume + step));
    video.muted = video.volume === 0;
    controls.flash(`Volume ${Math.round(video.volume * 100)} %`);
  };
  const faster = (direction) => {
    if (player.live) return; // the edge has one speed
    const at = speeds.findIndex((speed) => speed >= video.playbackRate);
    video.playbackRate = speeds[Math.max(0, Math.min(speeds.length - 1, (at < 0 ? speeds.length - 1 : at) + direction))];
    controls.flash(`${video.playbackRate}×`);
  };

  if (/^[0-9]$/.test(key)) {
    const { start, end } = player.bounds();
    video.currentTime = start + ((end - start) * Number(key)) / 10;
    controls.flash(`${key}0 %`);
    return true;
  }

  const actions = {
    ' ': () => (video.paused ? void player.play() : video.pause()),
    k: () => (video.paused ? void player.play() : video.pause()),
    j: () => seek(-10),
    l: () => seek(10),
    ArrowLeft: () => seek(-5),
    ArrowRight: () => seek(5),
    ArrowUp: () => louder(0.05),
    ArrowDown: () => louder(-0.05),
    m: () => {
      video.muted = !video.muted;
      controls.flash(video.muted ? 'Muted' : 'Sound on');
    },
    f: () => request(controls.controller, document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest'),
    t: () => controls.toggleTheatre(),
    End: () => player.live?.toEdge(),
    c: () => request(controls.controller, 'mediatogglesubtitlesrequest'),
    '<': () => faster(-1),
    '>': () => faster(1),
  };
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  if (key === 'End' && !player.live) return false; // the page scrolls
  action?.();
  return action !== undefined;
}

/** Asks media-chrome the way its buttons do. */
function request(controller, type) {
  controller.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
}
