// Encodes picture and sound and sends them. In a worker, because a page that is not looked at is slowed down.

import { kinds, openLink } from './link.js';
import { startPace } from './pace.js';

const keyframeEvery = 2_000_000; // microseconds
const longestQueue = 3; // pictures in the encoder
const fullBuffer = 1.5; // seconds of video that may wait to leave
const firstPause = 500;
const longestPause = 5000;
const grace = 44_000; // milliseconds the site waits for who has vanished

/** @type {{ url: string, video: { codec: string, width: number, height: number, frameRate: number, bitrate: number }, audio: { codec: string, sampleRate: number, channels: number, bitrate: number } }} */
let plan;
let link = null;
let pace;
let videoEncoder = null;
let audioEncoder = null;
let videoConfiguration = null;
let audioConfiguration = null;
let wantsKeyframe = true;
let lastKeyframe = -Infinity;
let lastPicture = -1;
let isStopping = false;
let lostAt = null;
let failures = 0;
let canvas = null;
let source = 0; // rises with every change of the picture's source
let counts = { frames: 0, dropped: 0, acknowledged: 0 };
const clock = { video: null, origin: performance.now() };

const handlers = {
  start(message) {
    plan = message.plan;
    pace = startPace(plan.video.bitrate);
    startEncoders();
    connect(message.ticket);
    setInterval(measure, 1000);
  },
  ticket: (message) => (message.ticket ? connect(message.ticket) : retry()),
  pictures: (message) => void readPictures(message.stream, ++source),
  picture: (message) => encodePicture(message.frame),
  sound(message) {
    message.port.onmessage = ({ data }) => encodeSound(data);
  },
  stop() {
    isStopping = true;
    if (link) link.finish();
    else over('ended', '');
  },
};

self.addEventListener('message', ({ data }) => handlers[data.type]?.(data));

function connect(ticket) {
  link = openLink(plan.url, { ticket }, {
    onReady() {
      lostAt = null;
      failures = 0;
      counts.acknowledged = 0;
      wantsKeyframe = true;
      for (const configuration of [videoConfiguration, audioConfiguration]) if (configuration) send(configuration);
      tell({ type: 'state', state: 'live' });
    },
    onEnd: over,
    onLost() {
      link = null;
      if (isStopping) return over('ended', '');
      lostAt ??= performance.now();
      if (performance.now() - lostAt > grace) return over('lost', 'The connection was gone for too long, so the live is over.');
      tell({ type: 'state', state: 'reconnecting' });
      retry();
    },
  });
}

function retry() {
  setTimeout(() => tell({ type: 'need-ticket' }), Math.min(longestPause, firstPause * 2 ** failures++));
}

function over(reason, message) {
  link = null;
  for (const encoder of [videoEncoder, audioEncoder]) if (encoder?.state === 'configured') encoder.close();
  tell({ type: 'state', state: 'over', reason, message });
  self.close();
}

function startEncoders() {
  videoEncoder = new VideoEncoder({
    output(chunk, metadata) {
      const description = metadata?.decoderConfig?.description;
      if (description) configure(kinds.videoConfiguration, 'avc1', description, chunk.timestamp);
      send({ kind: chunk.type === 'key' ? kinds.keyframe : kinds.picture, time: chunk.timestamp, size: chunk.byteLength, fill: (target) => chunk.copyTo(target) });
    },
    error: (error) => over('failed', `The picture could not be encoded: ${error.message}`),
  });
  configureVideo();
  audioEncoder = new AudioEncoder({
    output(chunk, metadata) {
      const description = metadata?.decoderConfig?.description;
      if (description) configure(kinds.audioConfiguration, plan.audio.codec === 'opus' ? 'Opus' : 'mp4a', description, chunk.timestamp);
      send({ kind: kinds.sound, time: chunk.timestamp, size: chunk.byteLength, fill: (target) => chunk.copyTo(target) });
    },
    error: (error) => over('failed', `The sound could not be encoded: ${error.message}`),
  });
  const { codec, sampleRate, channels, bitrate } = plan.audio;
  audioEncoder.configure({ codec, sampleRate, numberOfChannels: channels, bitrate });
}

function configureVideo() {
  const { codec, width, height, frameRate } = plan.video;
  videoEncoder.configure({ codec, width, height, framerate: frameRate, bitrate: Math.round(pace.bitrate), latencyMode: 'realtime', avc: { format: 'avc' } });
}

function configure(kind, fourCc, description, time) {
  const record = new Uint8Array(ArrayBuffer.isView(description) ? description.buffer.slice(description.byteOffset, description.byteOffset + description.byteLength) : description.slice(0));
  const configuration = {
    kind,
    time,
    size: 4 + record.length,
    fill(target) {
      for (let i = 0; i < 4; i++) target[i] = fourCc.charCodeAt(i);
      target.set(record, 4);
    },
  };
  const isVideo = kind === kinds.videoConfiguration;
  if (isVideo) videoConfiguration = configuration;
  else audioConfiguration = configuration;
  send(configuration);
}

function send({ kind, time, size, fill }) {
  if (link?.isReady) link.send(kind, time, size, fill);
}

async function readPictures(stream, mine) {
  const reader = stream.getReader();
  for (;;) {
    const { value: frame, done } = await reader.read();
    if (done) return;
    if (mine !== source) {
      frame.close();
      await reader.cancel();
      return;
    }
    encodePicture(frame);
  }
}

/** Takes over the frame. */
function encodePicture(frame) {
  try {
    if (videoEncoder?.state !== 'configured' || !link?.isReady) return;
    if (videoEncoder.encodeQueueSize > longestQueue || link.buffered * 8 > pace.bitrate * fullBuffer) {
      counts.dropped++;
      return;
    }
    const time = timeOf(frame.timestamp);
    if (time <= lastPicture) return;
    lastPicture = time;
    const keyFrame = wantsKeyframe || time - lastKeyframe >= keyframeEvery;
    if (keyFrame) lastKeyframe = time;
    wantsKeyframe = false;
    const fitted = fit(frame, time);
    videoEncoder.encode(fitted, { keyFrame });
    fitted.close();
    counts.frames++;
  } finally {
    frame.close();
  }
}

/** Sources count time from moments of their own; here everything counts from the start of this worker. */
function timeOf(timestamp) {
  const now = (performance.now() - clock.origin) * 1000;
  if (clock.video === null || Math.abs(timestamp + clock.video - now) > 500_000) clock.video = now - timestamp;
  return Math.max(0, timestamp + clock.video);
}

/** The picture in the size of the live, with bars where its shape differs. */
function fit(frame, time) {
  const { width, height } = plan.video;
  if (frame.displayWidth === width && frame.displayHeight === height) return new VideoFrame(frame, { timestamp: time });
  canvas ??= new OffscreenCanvas(width, height);
  const scale = Math.min(width / frame.displayWidth, height / frame.displayHeight);
  const [shownWidth, shownHeight] = [frame.displayWidth * scale, frame.displayHeight * scale];
  const context = canvas.getContext('2d', { alpha: false });
  context.fillRect(0, 0, width, height);
  context.drawImage(frame, (width - shownWidth) / 2, (height - shownHeight) / 2, shownWidth, shownHeight);
  return new VideoFrame(canvas, { timestamp: time });
}

/** @param {{ samples: Float32Array, at: number }} block planar samples and when the first was heard, in milliseconds of the page */
function encodeSound({ samples, at }) {
  if (audioEncoder?.state !== 'configured' || !link?.isReady || link.buffered * 8 > pace.bitrate * fullBuffer * 2) return;
  const { sampleRate, channels } = plan.audio;
  const data = new AudioData({
    format: 'f32-planar',
    sampleRate,
    numberOfChannels: channels,
    numberOfFrames: samples.length / channels,
    timestamp: Math.max(0, Math.round((at - (performance.timeOrigin + clock.origin)) * 1000)),
    data: samples,
  });
  audioEncoder.encode(data);
  data.close();
}

function measure() {
  if (!link?.isReady) return;
  const arrived = link.acknowledged - counts.acknowledged;
  counts.acknowledged = link.acknowledged;
  if (pace.measure(link.waiting, arrived)) configureVideo();
  tell({ type: 'figures', bitrate: arrived * 8, target: pace.bitrate, frames: counts.frames, dropped: counts.dropped });
  counts.frames = 0;
}

function tell(message) {
  self.postMessage(message);
}
