// What this browser can encode, and at which size and rate a live leaves it.

export const qualities = {
  '480p': { label: 'Small, 480p', width: 854, height: 480, bitrate: 1_200_000 },
  '720p': { label: 'Good, 720p', width: 1280, height: 720, bitrate: 2_500_000 },
  '1080p': { label: 'Best, 1080p', width: 1920, height: 1080, bitrate: 4_500_000 },
};

// High, main and constrained baseline profile, each at level 4.0: the best first (RFC 6381 names).
const videoCodecs = ['avc1.640028', 'avc1.4d0028', 'avc1.42e028'];
const audioCodecs = ['mp4a.40.2', 'opus'];
const frameRate = 30;

/**
 * @param {keyof typeof qualities} quality
 * @returns {Promise<object | null>} null when this browser cannot encode what every viewer can play
 */
export async function makePlan(quality) {
  if (!('VideoEncoder' in window) || !('AudioEncoder' in window) || !('AudioWorkletNode' in window)) return null;
  const { width, height, bitrate } = qualities[quality];
  const video = { width, height, bitrate, frameRate };
  const audio = { sampleRate: 48000, channels: 2, bitrate: 128_000 };
  const videoCodec = await first(videoCodecs, (codec) => VideoEncoder.isConfigSupported({
    codec, width, height, bitrate, framerate: frameRate, latencyMode: 'realtime', avc: { format: 'avc' },
  }));
  const audioCodec = await first(audioCodecs, (codec) => AudioEncoder.isConfigSupported({ codec, sampleRate: audio.sampleRate, numberOfChannels: audio.channels, bitrate: audio.bitrate }));
  return videoCodec && audioCodec ? { video: { ...video, codec: videoCodec }, audio: { ...audio, codec: audioCodec } } : null;
}

/**
 * For browsers that record only, and a server that encodes.
 * @param {keyof typeof qualities} quality
 */
export function makeRecordingPlan(quality) {
  const { width, height, bitrate } = qualities[quality];
  return { video: { width, height, bitrate, frameRate }, audio: { bitrate: 128_000 } };
}

/** The largest picture a server makes of what a browser records. */
export const largestRecorded = '720p';

async function first(codecs, ask) {
  for (const codec of codecs) {
    try {
      if ((await ask(codec)).supported) return codec;
    } catch {
      // A name this browser does not know: the next.
    }
  }
  return null;
}
