// Records picture and sound with MediaRecorder and sends the WebM, for browsers that cannot encode what every viewer plays:
// the server does. Understands and says the same as the worker (worker.js), and is told its stream by `use`.
//
// One connection is one file from its start to its end: what interrupts the file also opens another connection.

import { openLink } from './link.js';

const timeslice = 250; // milliseconds between pieces, about
const lowest = 250_000;
const fullBuffer = 6; // seconds that may wait to leave
const firstPause = 500;
const longestPause = 5000;
const steadyAfter = 20_000; // milliseconds without a loss
const grace = 44_000; // milliseconds the site waits for who has vanished
const types = ['video/webm;codecs=vp8,opus', 'video/webm;codecs=h264,opus', 'video/webm'];

/** @returns {string | undefined} what this browser records; the server reads no other container */
const recordedType = () => (typeof MediaRecorder === 'undefined' ? undefined : types.find((type) => MediaRecorder.isTypeSupported(type)));

export const canRecord = () => recordedType() !== undefined;

export class Recorder extends EventTarget {
  #plan;
  #bitrate;
  #stream = null;
  #recorder = null;
  #link = null;
  #readyAt = 0;
  #lostAt = null;
  #failures = 0;
  #acknowledged = 0;
  #isStopping = false;
  #isOver = false;
  #isAsking = false;
  #isInvited = false;
  #measuring = 0;

  #handlers = {
    start: ({ ticket, plan }) => {
      this.#plan = plan;
      this.#bitrate = plan.video.bitrate;
      this.#measuring = setInterval(() => this.#measure(), 1000);
      this.#connect(ticket);
    },
    ticket: ({ ticket }) => {
      this.#isAsking = false;
      if (ticket) this.#connect(ticket);
      else this.#retry();
    },
    stop: () => this.#stop(),
  };

  postMessage(message) {
    this.#handlers[message.type]?.(message);
  }

  terminate() {
    this.#isOver = true;
    clearInterval(this.#measuring);
    this.#drop();
  }

  /** @param {MediaStream | null} stream another picture is another file; null: there is none for now */
  use(stream) {
    const before = this.#stream;
    this.#stream = stream;
    if (before) {
      this.#drop();
      if (stream) this.#retry();
    } else if (stream && this.#link?.isReady) this.#record();
    else if (stream && !this.#link && this.#plan) this.#retry();
  }

  #connect(ticket) {
    if (this.#isOver || this.#isStopping) return;
    const link = openLink(this.#plan.url, { ticket, format: 'webm' }, {
      onReady: () => {
        this.#readyAt = performance.now();
        this.#acknowledged = 0;
        if (this.#stream) this.#record();
        this.#tell({ type: 'state', state: 'live' });
      },
      onEnd: (reason, message) => {
        if (reason !== 'interrupted') return this.#over(reason, message);
        this.#isInvited = true;
        this.#lost(link, message);
      },
      onLost: () => this.#lost(link, ''),
    });
    this.#link = link;
  }

  #record() {
    const link = this.#link;
    try {
      const recorder = new MediaRecorder(this.#stream, { mimeType: recordedType(), videoBitsPerSecond: Math.round(this.#bitrate), audioBitsPerSecond: this.#plan.audio.bitrate });
      this.#recorder = recorder;
      recorder.addEventListener('dataavailable', ({ data }) => {
        if (recorder === this.#recorder && data.size > 0 && link.isReady) link.sendPiece(data);
      });
      recorder.addEventListener('error', ({ error }) => this.#over('failed', `Picture and sound could not be recorded: ${error?.message ?? ''}`));
      recorder.addEventListener('stop', () => {
        if (recorder === this.#recorder && this.#isStopping) link.finish(); // its last piece has been sent
      });
      recorder.start(timeslice);
    } catch (error) {
      this.#over('failed', `Picture and sound could not be recorded: ${error.message}`);
    }
  }

  #stop() {
    this.#isStopping = true;
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    else if (this.#link) this.#link.finish();
    else this.#over('ended', '');
  }

  /** Ends the file and the connection; the live waits. */
  #drop() {
    const [recorder, link] = [this.#recorder, this.#link];
    [this.#recorder, this.#link] = [null, null];
    if (recorder?.state === 'recording') recorder.stop();
    link?.close();
  }

  #lost(link, message) {
    if (link !== this.#link) return;
    this.#drop();
    if (this.#isStopping) return this.#over('ended', '');
    this.#lostAt ??= performance.now();
    if (performance.now() - this.#lostAt > grace) return this.#over('lost', message || 'The connection was gone for too long, so the live is over.');
    this.#tell({ type: 'state', state: 'reconnecting', message });
    this.#retry();
  }

  #retry() {
    if (this.#isAsking || this.#isOver) return;
    this.#isAsking = true;
    setTimeout(() => this.#isOver || this.#tell({ type: 'need-ticket', isInvited: this.#isInvited }), Math.min(longestPause, firstPause * 2 ** this.#failures++));
  }

  #over(reason, message) {
    if (this.#isOver) return;
    this.terminate();
    this.#tell({ type: 'state', state: 'over', reason, message });
  }

  #measure() {
    const link = this.#link;
    if (!link?.isReady) return;
    if (performance.now() - this.#readyAt > steadyAfter) [this.#lostAt, this.#failures, this.#isInvited] = [null, 0, false];
    const arrived = link.acknowledged - this.#acknowledged;
    this.#acknowledged = link.acknowledged;
    this.#tell({ type: 'figures', bitrate: arrived * 8, target: this.#bitrate, frames: null, dropped: 0 });
    if (link.waiting * 8 <= this.#bitrate * fullBuffer) return;

    // Nothing can be left out of a file: a new one begins, coarser and without what waits.
    this.#bitrate = Math.max(lowest, this.#bitrate * 0.6);
    this.#drop();
    this.#retry();
  }

  #tell(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}
