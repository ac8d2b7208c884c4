// <kinopress-player>: our player. A light-DOM wrapper around <video> with media-chrome controls and hls.js.
//
//   <kinopress-player src="…/master.m3u8" poster="…" storyboard="…/storyboard.vtt" chapters="…/chapters.vtt" title="…" video-id="…"
//                     duration-ms="61000" start="12" loop autoplay muted growing theatre ratio="0.5625" portrait live state-url="…" dvr-seconds="7200">
//     <video controls src="…" poster="…"><track kind="captions" …></video>     the fallback without scripts; optional
//   </kinopress-player>
//
// `src` is a multivariant playlist. `ratio` is the film's width by its height; `portrait` says that it is below 1. `start` is in seconds. `growing` says that the playlist still gains segments: playback
// starts at its beginning, not at its edge. `theatre` offers the theatre button, which only fires `kinopress-theatre`.
// `live` plays what is on air, at its edge: `state-url` is the live in the API, `dvr-seconds` how far back one may rewind (0: not at
// all). Whatever is learnt of the live is told by `kinopress-live` with `{ state, title, viewers, replay, scheduledAt }`. `standby` is a
// live without a `src`: the page around it calls `prepare()` while it waits, and `goLive(url)` when it is on air.
// `play`, `pause`, `timeupdate`, `ended` bubble up from the video as usual through `player.video`.

import '../vendor/media-chrome/media-chrome.js';
import { buildControls } from './player/controls.js';
import { openSource } from './player/source.js';
import { RenditionList } from './player/renditions.js';
import { listenToKeys } from './player/keyboard.js';
import { playLive } from './player/live.js';
import { prepareLiveSource } from './player/live-source.js';
import { rememberPosition, startPosition } from './player/position.js';
import { talkToParent } from './player/embed.js';
import { followTimes } from './player/times.js';

class KinopressPlayer extends HTMLElement {
  static observedAttributes = ['src'];

  /** @type {HTMLVideoElement | null} */
  video = null;
  /** @type {RenditionList} */
  renditions = new RenditionList();
  /** What can be asked of a live that plays; null for a video. @type {ReturnType<typeof playLive> | null} */
  live = null;
  /** @type {AbortController | null} */
  #life = null;
  /** @type {ReturnType<typeof openSource> | null} */
  #source = null;
  /** @type {ReturnType<typeof buildControls> | null} */
  #controls = null;

  connectedCallback() {
    if (this.#life) return;
    this.#life = new AbortController();
    // As an attribute, a title would be a tooltip over the picture.
    const label = this.getAttribute('title') ?? this.getAttribute('aria-label') ?? '';
    this.removeAttribute('title');
    this.setAttribute('aria-label', label || 'Video player');
    this.setAttribute('role', 'region');
    this.toggleAttribute('embedded', window.parent !== window); // shows the title, which no page around does

    const ratio = Number(this.getAttribute('ratio'));
    if (ratio > 0) this.style.setProperty('--player-ratio', String(ratio));

    this.video = this.#prepareVideo();
    this.#controls = buildControls(this, this.video, label);
    const signal = this.#life.signal;
    listenToKeys(this, this.video, this.#controls, signal);
    if (!this.hasAttribute('live')) rememberPosition(this.positionKey, this.video, signal);
    talkToParent(this, this.video, signal);
    followTimes(this, signal);
    this.#open();
  }

  disconnectedCallback() {
    // A move in the document disconnects and connects again at once; only a real removal ends the player.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#source?.close();
      this.#source = null;
      this.live = null;
      this.#life?.abort();
      this.#life = null;
    });
  }

  attributeChangedCallback(_name, before, after) {
    if (this.#life && before !== after && !this.live) this.#open();
  }

  get positionKey() {
    return this.getAttribute('video-id') ?? this.getAttribute('src') ?? '';
  }

  /** @returns {number} Length in seconds as the server knows it; 0 when it does not. */
  get expectedDuration() {
    return Number(this.getAttribute('duration-ms') ?? 0) / 1000;
  }

  /** @returns {{ start: number, end: number }} where one may seek to, in seconds */
  bounds() {
    return this.live?.bounds() ?? { start: 0, end: this.video?.duration || 0 };
  }

  /** Plays; a refusal by the browser (no gesture yet) leaves the play button for the visitor. */
  async play() {
    try {
      await this.video?.play();
    } catch (error) {
      if (error.name !== 'NotAllowedError' && error.name !== 'AbortError') throw error;
    }
  }

  /** A live will be on air soon: what plays it is fetched. */
  prepare() {
    if (this.video) prepareLiveSource(this.video);
  }

  /** A live is on air, for the first time on this page or again. @param {string} url of its playlist */
  goLive(url) {
    if (this.live) this.live.comeBack(url);
    else this.setAttribute('src', url);
  }

  /** Goes to a moment and plays. @param {number} seconds */
  seek(seconds) {
    const { video } = this;
    if (!video) return;
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) video.currentTime = seconds;
    else video.addEventListener('loadedmetadata', () => (video.currentTime = seconds), { once: true });
    void this.play();
  }

  #prepareVideo() {
    const video = this.querySelector('video') ?? document.createElement('video');
    video.removeAttribute('src');
    video.controls = false;
    video.playsInline = true;
    video.loop = this.hasAttribute('loop');
    video.muted = this.hasAttribute('muted');
    video.preload = 'metadata';
    video.slot = 'media';
    const source = this.getAttribute('src');
    if (source && new URL(source, document.baseURI).origin !== location.origin) video.crossOrigin = 'anonymous';
    const storyboard = this.getAttribute('storyboard');
    if (storyboard) {
      const track = document.createElement('track');
      Object.assign(track, { kind: 'metadata', label: 'thumbnails', src: storyboard, default: true });
      video.append(track);
    }
    const chapters = this.getAttribute('chapters');
    if (chapters) {
      const track = document.createElement('track');
      Object.assign(track, { kind: 'chapters', src: chapters, default: true }); // media-chrome parts the seek bar by it
      video.append(track);
    }
    // media-chrome's quality menu reads this; its shape is that of the media-tracks proposal.
    Object.defineProperty(video, 'videoRenditions', { value: this.renditions, configurable: true });
    return video;
  }

  #open() {
    this.#source?.close();
    this.#source = null;
    this.#controls?.hideMessage();
    const url = this.getAttribute('src');
    if (!url || !this.video) return;
    if (this.hasAttribute('live')) {
      this.live = playLive(this, this.video, this.renditions, this.#controls, this.#life.signal);
      return;
    }

    const position = startPosition(this.positionKey, Number(this.getAttribute('start') ?? 0), this.expectedDuration);
    this.#source = openSource({
      url,
      video: this.video,
      renditions: this.renditions,
      position,
      isGrowing: this.hasAttribute('growing'),
      onFatal: (message) => {
        this.#controls?.showMessage(message, () => this.#open());
        this.dispatchEvent(new CustomEvent('kinopress-error', { detail: { message } }));
      },
    });
    // Casting hands the browser's own player an address; what hls.js feeds has none.
    this.setAttribute('engine', this.#source.engine);
    if (this.hasAttribute('autoplay')) void this.play();
  }
}

customElements.define('kinopress-player', KinopressPlayer);
