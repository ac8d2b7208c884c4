// Opens a multivariant playlist: with hls.js where Media Source Extensions exist, else with the browser's own HLS.

const bandwidthKey = 'kinopress:bandwidth';
const patience = 5; // attempts at a network failure before we tell the viewer

export const words = {
  gone: 'This video is not available here. It may have been removed or made private.',
  network: 'The connection to this site was lost.',
  offline: 'You are offline. Connect to the internet and try again.',
  media: 'This browser could not play the video. Another browser or an update may help.',
};

/**
 * @typedef {object} SourceOptions
 * @property {string} url
 * @property {HTMLVideoElement} video
 * @property {import('./renditions.js').RenditionList} renditions
 * @property {number} position seconds to start at; 0 is the beginning
 * @property {boolean} isGrowing
 * @property {(message: string) => void} onFatal called once, after which the source is closed
 */

/**
 * @param {SourceOptions} options
 * @returns {{ engine: 'hls.js' | 'native', close(): void }}
 */
export function openSource(options) {
  return hasOwnHls(options.video) ? openNatively(options) : openWithHls(options);
}

/** @param {HTMLVideoElement} video @returns {boolean} whether the browser is to play HLS by itself */
export function hasOwnHls(video) {
  const hasMediaSource = 'ManagedMediaSource' in window || 'MediaSource' in window;
  const isSafari = video.canPlayType('application/vnd.apple.mpegurl') !== '' && 'WebKitMediaKeys' in window;
  return !hasMediaSource || isSafari;
}

/** @param {SourceOptions} options */
function openNatively({ url, video, renditions, position, onFatal }) {
  const life = new AbortController();
  const { signal } = life;
  renditions.replace([]);
  video.addEventListener('loadedmetadata', () => {
    if (position > 0) video.currentTime = position;
  }, { once: true, signal });
  video.addEventListener('error', () => {
    const isNetwork = video.error?.code === MediaError.MEDIA_ERR_NETWORK;
    onFatal(!navigator.onLine ? words.offline : isNetwork ? words.network : words.media);
  }, { once: true, signal });
  video.src = url;
  return {
    engine: 'native',
    close() {
      life.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** @param {SourceOptions} options */
function openWithHls(options) {
  let engine = null;
  let isClosed = false;
  const close = () => {
    isClosed = true;
    engine?.destroy();
    engine = null;
  };
  import('../../vendor/hls.js/hls.min.mjs').then(
    ({ default: Hls }) => {
      if (!isClosed) engine = startHls(Hls, options, close);
    },
    () => {
      if (!isClosed) options.onFatal(words.network);
    },
  );
  return { engine: 'hls.js', close };
}

function startHls(Hls, { url, video, renditions, position, isGrowing, onFatal }, close) {
  const hls = new Hls({
    enableWorker: false, // fMP4 segments are passed on as they are; a worker would need a second file and gain nothing
    startPosition: position > 0 ? position : isGrowing ? 0 : -1,
    maxBufferLength: 8, // until the viewer presses play; then 30
    maxMaxBufferLength: 60,
    backBufferLength: 30,
    capLevelToPlayerSize: true,
    startLevel: -1,
    testBandwidth: false,
    abrEwmaDefaultEstimate: readBandwidth(),
    manifestLoadPolicy: policy(3),
    playlistLoadPolicy: policy(3),
    fragLoadPolicy: policy(4),
  });
  video.addEventListener('play', () => {
    hls.config.maxBufferLength = 30;
  }, { once: true });

  watchQualities(Hls, hls, video, renditions);
  recover(Hls, hls, video, (message) => {
    close();
    onFatal(message);
  });

  hls.loadSource(url);
  hls.attachMedia(video);
  return hls;
}

/** Tells the quality menu and whoever listens what is there and what plays. */
export function watchQualities(Hls, hls, video, renditions) {
  hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
    renditions.onSelect = (index) => {
      hls.nextLevel = index;
    };
    renditions.replace(levels.map((level, index) => ({
      id: String(index), width: level.width, height: level.height, bitrate: level.bitrate,
    })));
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => {
    const { height, bitrate } = hls.levels[level];
    video.dispatchEvent(new CustomEvent('kinopress-quality', { bubbles: true, detail: { height, bitrate, isAuto: hls.autoLevelEnabled } }));
  });
}

/** Retries network failures with growing pauses and rebuilds the decoder once or twice, then gives up in words. */
function recover(Hls, hls, video, giveUp) {
  let networkFailures = 0;
  let mediaFailures = 0;
  hls.on(Hls.Events.FRAG_BUFFERED, () => {
    networkFailures = 0;
    if (Number.isFinite(hls.bandwidthEstimate)) writeBandwidth(hls.bandwidthEstimate);
  });
  hls.on(Hls.Events.ERROR, (_event, failure) => {
    if (!failure.fatal) return;
    const status = failure.response?.code ?? 0;
    const isAboutManifest = failure.details.startsWith('manifest');
    if (failure.type === Hls.ErrorTypes.NETWORK_ERROR) {
      if ([401, 403, 404, 410].includes(status)) return giveUp(words.gone);
      if (failure.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR) return giveUp(words.media);
      networkFailures += 1;
      if (networkFailures > patience) return giveUp(navigator.onLine ? words.network : words.offline);
      setTimeout(() => {
        if (hls.media === null && !isAboutManifest) return; // closed meanwhile
        if (isAboutManifest) hls.loadSource(hls.url);
        else hls.startLoad(video.currentTime);
      }, Math.min(8000, 500 * 2 ** networkFailures) * (0.75 + Math.random() / 2));
      return;
    }
    mediaFailures += 1;
    if (failure.type !== Hls.ErrorTypes.MEDIA_ERROR || mediaFailures > 2) return giveUp(words.media);
    if (mediaFailures === 2) hls.swapAudioCodec();
    hls.recoverMediaError();
  });
}

export const policy = (tries) => ({
  default: {
    maxTimeToFirstByteMs: 10000,
    maxLoadTimeMs: 60000,
    timeoutRetry: { maxNumRetry: tries, retryDelayMs: 500, maxRetryDelayMs: 8000, backoff: 'exponential' },
    errorRetry: { maxNumRetry: tries, retryDelayMs: 500, maxRetryDelayMs: 8000, backoff: 'exponential',
      shouldRetry: (retry, count, isTimeout, response, fallback) => ![401, 403, 404, 410].includes(response?.code ?? 0) && fallback },
  },
});

/** @returns {number} bits per second this browser last measured; 2 Mbit/s before it has measured anything */
export function readBandwidth() {
  try {
    const known = Number(localStorage.getItem(bandwidthKey));
    return known > 0 ? Math.min(known, 20_000_000) : 2_000_000;
  } catch {
    return 2_000_000; // storage may be forbidden
  }
}

function writeBandwidth(bitsPerSecond) {
  try {
    localStorage.setItem(bandwidthKey, String(Math.round(bitsPerSecond)));
  } catch {
    // storage may be forbidden or full; the next visit starts from the default
  }
}
