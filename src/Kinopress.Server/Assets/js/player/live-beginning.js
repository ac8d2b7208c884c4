// The first seconds of a live: plays from its first part on, and gains some room against the next slow answer.

const gap = 0.01; // seconds
const slower = 0.9;
const room = 1.3; // seconds behind the edge; what a playlist's PART-HOLD-BACK asks for, but for a moment
const longest = 15_000; // milliseconds

/**
 * A loader of playlists for hls.js. That takes none without a whole segment, and asks again: but a live that has just begun has
 * nothing else than parts, for as long as its encoder's keyframes are apart. With a segment before them that is a gap, it plays them.
 * @param {any} Hls
 * @param {() => void} onBeginning the playlist is one of those
 */
export function loaderOfBeginnings(Hls, onBeginning) {
  return class extends Hls.DefaultConfig.loader {
    load(context, config, callbacks) {
      super.load(context, config, {
        ...callbacks,
        onSuccess(response, ...others) {
          const hasOnlyParts = context.type === 'level' && response.data.includes('#EXT-X-PART:') && !response.data.includes('#EXTINF:');
          if (hasOnlyParts) response.data = withGapBefore(response.data);
          callbacks.onSuccess(response, ...others);
          if (hasOnlyParts) onBeginning();
        },
      });
    }
  };
}

/** @param {string} playlist */
function withGapBefore(playlist) {
  return playlist.replace(
    /#EXT-X-MEDIA-SEQUENCE:([1-9]\d*)\n((?:#EXT-X-DISCONTINUITY-SEQUENCE:\d+\n)?)/,
    (_lines, first, rest) => `#EXT-X-MEDIA-SEQUENCE:${first - 1}\n${rest}#EXT-X-START:TIME-OFFSET=${2 * gap}\n`
      + `#EXT-X-PART:DURATION=${gap},URI="gap.0.m4s",GAP=YES\n#EXT-X-GAP\n#EXTINF:${gap},\ngap.m4s\n`);
}

const gaining = new WeakSet();

/**
 * Whoever sees the first part has half a second ahead: the next answer that is late would stop the picture. It runs a little slower
 * until there is more, and so without a stop.
 */
export function gainRoom(hls, video) {
  if (gaining.has(hls)) return;
  gaining.add(hls);
  const fastest = hls.config.maxLiveSyncPlaybackRate;
  const began = performance.now();
  const chosen = video.playbackRate;
  let set = chosen;
  hls.config.maxLiveSyncPlaybackRate = 1; // or hls.js sets the speed back
  const timer = setInterval(() => {
    const isAnothers = hls.media !== video || video.playbackRate !== set; // the viewer chose a speed, or another source plays
    const isDone = isAnothers || hls.latency >= room || performance.now() - began > longest;
    if (!isAnothers) video.playbackRate = set = isDone ? chosen : slower;
    if (!isDone) return;
    clearInterval(timer);
    hls.config.maxLiveSyncPlaybackRate = fastest;
  }, 250);
}
