// The live mode of the player: stays at the edge, lets one rewind, survives whatever the network and the encoder do.

import { openLiveSource } from './live-source.js';
import { watchState } from './live-state.js';
import { buildLiveBar } from './live-bar.js';
import { buildCards, wantsSound } from './live-cards.js';

const longestDelay = 10; // seconds behind the edge at which who wants to be there is brought there
const shortestSleep = 8000; // milliseconds without a tick: the page slept
const longestSilence = 20_000; // milliseconds without anything new on air: the source is opened again
const stallUntilCard = 1500; // milliseconds
const firstPause = 500; // milliseconds before another try
const longestPause = 5000;

/**
 * @param {HTMLElement & { getAttribute(name: string): string | null }} player
 * @param {HTMLVideoElement} video
 * @param {import('./renditions.js').RenditionList} renditions
 * @param {{ controller: HTMLElement }} controls
 * @param {AbortSignal} signal
 */
export function playLive(player, video, renditions, { controller }, signal) {
  let url = player.getAttribute('src') ?? '';
  const stateUrl = player.getAttribute('state-url');
  const canRewind = Number(player.getAttribute('dvr-seconds') ?? 1) > 0;
  const cards = buildCards(controller, video, signal);
  const bar = buildLiveBar(controller, { seek, toEdge, range: () => source?.range() ?? null }, signal);

  /** @type {import('./live-source.js').LiveSource | null} */
  let source = null;
  let state = 'live';
  let replay = null;
  let startedAt = null; // which time on air this is
  let isAtEnd = false; // nothing more will be published
  let isFollowing = true; // the viewer wants what is happening now
  let isSeekingItself = false;
  let isBack = true; // what is on the screen comes from the encoder
  let failures = 0;
  let retryTimer = 0;
  let stalledAt = null;
  let trouble = null;
  let tickedAt = performance.now();

  const watching = stateUrl ? watchState(stateUrl, learn, signal) : null;
  const clock = setInterval(tick, 500);
  signal.addEventListener('abort', () => {
    clearInterval(clock);
    clearTimeout(retryTimer);
    source?.close();
  }, { once: true });

  for (const name of ['timeupdate', 'seeked', 'play', 'pause', 'progress']) video.addEventListener(name, draw, { signal });
  video.addEventListener('playing', () => {
    stalledAt = null;
    trouble = null;
    failures = 0;
    draw();
  }, { signal });
  video.addEventListener('waiting', () => {
    stalledAt ??= performance.now();
  }, { signal });
  video.addEventListener('pause', () => {
    if (!video.ended && !document.hidden) isFollowing = false; // browsers pause hidden pages by themselves
  }, { signal });
  video.addEventListener('seeking', () => {
    const range = source?.range();
    if (!isSeekingItself && range) isFollowing = range.edge - video.currentTime < longestDelay / 2;
    isSeekingItself = false;
  }, { signal });
  for (const [target, name] of [[document, 'visibilitychange'], [window, 'pageshow'], [window, 'online']]) {
    target.addEventListener(name, () => document.visibilityState === 'visible' && wake(), { signal });
  }

  open();
  void watching?.look();
  if (player.hasAttribute('autoplay')) void start();
  player.removeAttribute('standby');

  function open() {
    clearTimeout(retryTimer);
    source?.close();
    isAtEnd = false;
    source = openLiveSource({
      url,
      video,
      renditions,
      onStretch() {
        isBack = state === 'live';
        void watching?.look();
      },
      onMore() {
        open();
        void resume();
      },
      onEnd() {
        isAtEnd = true;
        void watching?.look();
      },
      onTrouble(what) {
        source?.close();
        source = null;
        trouble = what;
        void watching?.look();
        retry();
      },
    });
    player.setAttribute('engine', source.engine);
  }

  /** Tries for as long as the live is on air: whoever watches a live does not want to press anything. */
  function retry() {
    clearTimeout(retryTimer);
    const wasPlaying = !video.paused || player.hasAttribute('autoplay');
    retryTimer = setTimeout(() => {
      if (signal.aborted || (state !== 'live' && state !== 'interrupted')) return;
      open();
      if (wasPlaying) void resume();
    }, Math.min(longestPause, firstPause * 2 ** failures++) * (0.75 + Math.random() / 2));
    draw();
  }

  /** Starts by itself: with sound where this visitor wants it and the browser lets it be heard. */
  async function start() {
    const isSilent = player.hasAttribute('muted');
    await new Promise((resolve) => setTimeout(resolve)); // what was fetched before attaches itself first
    if (isSilent || !wantsSound()) cards.mute();
    await playSomehow();
    if (!video.muted || isSilent) return;
    // The button to start is in the middle, too: first one, then the other.
    if (video.paused) video.addEventListener('playing', () => video.muted && cards.offerSound(), { once: true, signal });
    else cards.offerSound();
  }

  async function resume() {
    const wasMuted = video.muted;
    if (!(await playSomehow())) draw();
    else if (video.muted && !wasMuted) cards.offerSound();
  }

  /** With sound as it is, else without: a picture that stands still helps nobody. @returns {Promise<boolean>} whether it plays */
  async function playSomehow() {
    if (await tryToPlay()) return true;
    if (video.muted) return false;
    cards.mute();
    return tryToPlay();
  }

  async function tryToPlay() {
    try {
      await video.play();
      return true;
    } catch (error) {
      if (error.name === 'AbortError') video.addEventListener('loadedmetadata', () => isFollowing && void resume(), { once: true, signal });
      return error.name !== 'NotAllowedError';
    }
  }

  function learn(answer) {
    const before = state;
    const isAnother = startedAt !== null && answer.startedAt !== startedAt && state !== 'gone';
    state = answer.state;
    replay = answer.replay;
    startedAt = answer.startedAt ?? startedAt;
    url = answer.playback?.hlsUrl ?? url; // a signed one does not last for ever
    const isOnAir = state === 'live' || state === 'interrupted';
    if (state === 'live' && before === 'interrupted') isBack = true;
    if (isOnAir && isAnother) {
      isFollowing = true;
      open();
      void resume();
    }
    player.dispatchEvent(new CustomEvent('kinopress-live', { bubbles: true, detail: { state, title: answer.title, viewers: answer.viewers, replay, scheduledAt: answer.scheduledAt ?? null } }));
    draw();
  }

  function tick() {
    const now = performance.now();
    const slept = now - tickedAt > shortestSleep;
    tickedAt = now;
    if (slept) wake();
    const range = source?.range();
    if (range && isFollowing && !video.paused && !video.seeking && range.edge - video.currentTime > longestDelay) toEdge();
    const isStuck = source !== null && !isAtEnd && source.silence() > longestSilence && state === 'live';
    if (isStuck && navigator.onLine) open();
    if (stalledAt !== null && now - stalledAt > stallUntilCard && watching) {
      void (now - stalledAt < stallUntilCard + 600 && watching.look());
    }
    draw();
  }

  /** After a sleep, or the network came back. */
  function wake() {
    void watching?.look();
    if (source === null) {
      failures = 0;
      retry();
      return;
    }
    if (!isFollowing || video.ended) return;
    if (source.silence() > shortestSleep) open();
    if (player.hasAttribute('autoplay') || !video.paused) void resume();
  }

  function seek(time) {
    isFollowing = false;
    isSeekingItself = true;
    video.currentTime = time;
    draw();
  }

  function toEdge() {
    const range = source?.range();
    isFollowing = true;
    if (range) {
      isSeekingItself = true;
      video.currentTime = range.edge;
    }
    if (video.paused) void resume();
    draw();
  }

  function draw() {
    const isOver = state !== 'live' && state !== 'interrupted'; // whoever planned another time leaves it waiting
    const isFinished = isOver && (video.ended || source === null || stalledAt !== null || video.readyState < 3 || video.paused);
    const isLost = source === null || (stalledAt !== null && performance.now() - stalledAt > 2 * stallUntilCard);
    if (watching) watching.isEager = isLost || isAtEnd ? !replay || state !== 'ended' : state === 'interrupted' || (state === 'ended' && !replay);
    const shown = card(isFinished, isLost);
    bar.show({
      time: video.currentTime,
      canRewind,
      isOnAir: !isOver,
      isWaiting: video.paused || shown !== null,
      latency: source?.latency() ?? null,
    });
    cards.show(shown, state === 'ended' && replay ? `/watch/${replay}` : null);
  }

  function card(isFinished, isLost) {
    if (state === 'gone') return 'gone';
    if (isFinished) return 'ended';
    if (state === 'interrupted' && isFollowing) return 'interrupted';
    if (!isBack && isFollowing) return 'interrupted';
    if (isLost && !navigator.onLine) return 'offline';
    return isLost && (trouble !== null || stalledAt !== null) && !video.paused ? 'connecting' : null;
  }

  return {
    /** Where one may seek to, in seconds. */
    bounds() {
      const range = source?.range();
      return { start: range?.start ?? 0, end: range?.edge ?? video.currentTime };
    },
    toEdge,
    /** It is on air again, and somebody else has noticed first. @param {string} address */
    comeBack(address) {
      url = address;
      void watching?.look();
    },
    date: () => source?.date() ?? null,
    latency: () => source?.latency() ?? null,
  };
}
