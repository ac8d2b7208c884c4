// Opens the playlist of a live and says where its edge is: with hls.js where Media Source Extensions exist, else natively.

import { gainRoom, loaderOfBeginnings } from './live-beginning.js';
import { hasOwnHls, policy, readBandwidth, watchQualities, words } from './source.js';

const nativeDelay = 6; // seconds a browser's own HLS is taken to keep from the edge
const mediaFailuresBeforeRebuilding = 2;
const patience = 5000; // milliseconds

/**
 * @typedef {object} LiveSource
 * @property {'hls.js' | 'native'} engine
 * @property {() => { start: number, edge: number } | null} range where one may seek to, in seconds; null before it is known
 * @property {() => number | null} latency seconds behind what has just been published; null when unknown
 * @property {() => Date | null} date when the moment on the screen happened; null when unknown
 * @property {() => number} silence milliseconds since the playlist last grew
 * @property {() => void} close
 */

/**
 * @typedef {object} LiveSourceOptions
 * @property {string} url
 * @property {HTMLVideoElement} video
 * @property {import('./renditions.js').RenditionList} renditions
 * @property {() => void} onStretch something else begins: another encoder, or what is shown while it is away
 * @property {() => void} onMore playback suffers, and there are qualities this source does not know of yet
 * @property {() => void} onEnd the playlist will not grow any more
 * @property {(trouble: { isGone: boolean, isMedia: boolean, message: string }) => void} onTrouble playback cannot go on by itself; called once
 */

const loadHls = () => import('../../vendor/hls.js/hls.min.mjs');

/** Fetches what will play. @param {HTMLVideoElement} video */
export function prepareLiveSource(video) {
  if (!hasOwnHls(video)) loadHls().catch(() => {}); // it is asked for again
}

/** @param {LiveSourceOptions} options @returns {LiveSource} */
export function openLiveSource(options) {
  return hasOwnHls(options.video) ? openNatively(options) : openWithHls(options);
}

/** @param {LiveSourceOptions} options @returns {LiveSource} */
function openNatively({ url, video, renditions, onEnd, onTrouble }) {
  const life = new AbortController();
  const { signal } = life;
  let grewAt = performance.now();
  let edge = 0;
  renditions.replace([]);
  const ownRange = () => {
    const { seekable } = video;
    return seekable.length > 0 ? { start: seekable.start(0), edge: Math.max(seekable.start(0), seekable.end(seekable.length - 1) - nativeDelay) } : null;
  };
  const date = () => {
    const began = video.getStartDate?.().getTime();
    return Number.isFinite(began) ? new Date(began + video.currentTime * 1000) : null;
  };
  video.addEventListener('timeupdate', () => {
    const now = ownRange()?.edge ?? 0;
    if (now > edge) grewAt = performance.now();
    edge = now;
  }, { signal });
  video.addEventListener('durationchange', () => {
    if (Number.isFinite(video.duration) && video.duration > 0) onEnd();
  }, { signal });
  video.addEventListener('error', () => {
    const isNetwork = video.error?.code === MediaError.MEDIA_ERR_NETWORK;
    onTrouble({ isGone: video.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED, isMedia: !isNetwork, message: isNetwork ? words.network : words.media });
  }, { once: true, signal });
  video.src = url;
  return {
    engine: 'native',
    range: ownRange,
    latency: () => {
      const at = date();
      return at ? (Date.now() - at.getTime()) / 1000 : null;
    },
    date,
    silence: () => performance.now() - grewAt,
    close() {
      life.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** @param {LiveSourceOptions} options @returns {LiveSource} */
function openWithHls(options) {
  let hls = null;
  let isClosed = false;
  const grown = { at: performance.now() };
  loadHls().then(
    ({ default: Hls }) => {
      if (!isClosed) hls = startHls(Hls, options, grown);
    },
    () => {
      if (!isClosed) options.onTrouble({ isGone: false, isMedia: false, message: words.network });
    },
  );
  return {
    engine: 'hls.js',
    range() {
      const details = hls?.latestLevelDetails;
      const edge = hls?.liveSyncPosition;
      return details && edge != null ? { start: details.fragmentStart, edge: Math.max(details.fragmentStart, edge) } : null;
    },
    latency: () => (hls?.latestLevelDetails ? hls.latency : null),
    date: () => hls?.playingDate ?? null,
    silence: () => performance.now() - grown.at,
    close() {
      isClosed = true;
      hls?.destroy();
      hls = null;
    },
  };
}

function startHls(Hls, { url, video, renditions, onStretch, onMore, onEnd, onTrouble }, grown) {
  const hls = new Hls({
    enableWorker: false, // fMP4 segments are passed on as they are
    lowLatencyMode: true, // how far from the edge: the playlist's PART-HOLD-BACK says it
    maxLiveSyncPlaybackRate: 1.1,
    liveDurationInfinity: true,
    progressive: false,
    backBufferLength: 60,
    maxBufferLength: 30,
    maxMaxBufferLength: 60,
    capLevelToPlayerSize: true,
    startLevel: -1,
    testBandwidth: false,
    abrEwmaDefaultEstimate: readBandwidth(),
    manifestLoadPolicy: policy(2),
    playlistLoadPolicy: policy(3),
    fragLoadPolicy: policy(3),
    pLoader: loaderOfBeginnings(Hls, () => gainRoom(hls, video)),
  });
  watchQualities(Hls, hls, video, renditions);

  let stretch = null;
  hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => {
    if (details.advanced) grown.at = performance.now();
    const last = (details.partList?.at(-1)?.fragment ?? details.fragments.at(-1))?.cc ?? null;
    if (stretch !== null && last !== stretch) onStretch();
    stretch = last;
    if (!details.live) onEnd();
  });

  // Smaller qualities come some seconds after a live begins, and hls.js reads the list of them once.
  let isAsking = false;
  const askForMore = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
      const offered = (await answer.text()).split('#EXT-X-STREAM-INF').length - 1;
      if (answer.ok && offered > hls.levels.length && hls.url) onMore();
    } catch {
      // It goes on with what it knows.
    }
    isAsking = false;
  };

  let mediaFailures = 0;
  hls.on(Hls.Events.ERROR, (_event, failure) => {
    if (failure.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR) void askForMore();
    if (!failure.fatal) return;
    const isMedia = failure.type === Hls.ErrorTypes.MEDIA_ERROR;
    if (isMedia && ++mediaFailures <= mediaFailuresBeforeRebuilding) return hls.recoverMediaError();
    const status = failure.response?.code ?? 0;
    const cannotPlay = failure.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR;
    onTrouble({
      isGone: [401, 403, 404, 410].includes(status),
      isMedia: isMedia || cannotPlay || failure.type !== Hls.ErrorTypes.NETWORK_ERROR,
      message: cannotPlay || isMedia ? words.media : words.network,
    });
  });

  hls.loadSource(url);
  hls.attachMedia(video);
  return hls;
}
