// Camera, microphone and screen of a page that goes live: the preview, the mixed sound, and both handed to the encoder.

const sampleRate = 48000;
const epochTolerance = 40; // milliseconds two clocks may drift apart

export const hasScreen = 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** @param {HTMLVideoElement} preview */
export class Capture {
  /** @type {MediaStream | null} */
  #picture = null;
  /** @type {MediaStream | null} */
  #microphone = null;
  #inputs = { microphone: null, screen: null };
  /** @type {AudioContext | null} */
  #context = null;
  #mix = null;
  #tap = null;
  #analyser = null;
  #epoch = 0;
  #worker = null;
  /** @type {import('./recorder.js').Recorder | null} */
  #recorder = null;
  #recorded = null;
  /** Sound in whatever rate it comes: Firefox mixes no other, and a recorder takes any. Set before the first sound. */
  takesAnyRate = false;
  /** Called when the picture ends by itself: the screen is no longer shared, the camera was pulled out. */
  onEnded = () => {};

  constructor(preview) {
    this.preview = preview;
  }

  get hasPicture() {
    return this.#picture !== null;
  }

  /** @param {{ deviceId?: string, width: number, height: number }} wish */
  async useCamera({ deviceId, width, height }) {
    const wanted = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 }, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) };
    this.#show(await navigator.mediaDevices.getUserMedia({ video: wanted }));
    this.#connect('screen', null);
  }

  async useScreen() {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: true });
    this.#show(stream);
    await this.#listen();
    this.#connect('screen', stream);
  }

  /** @param {string | null} deviceId empty: the usual one; null: none */
  async useMicrophone(deviceId) {
    this.#microphone?.getTracks().forEach((track) => track.stop());
    this.#microphone = deviceId === null ? null : await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
    });
    await this.#listen();
    this.#connect('microphone', this.#microphone);
  }

  /** @returns {Promise<{ cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[] }>} */
  async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return { cameras: all.filter(({ kind }) => kind === 'videoinput'), microphones: all.filter(({ kind }) => kind === 'audioinput') };
  }

  /** What is used now. */
  get chosen() {
    const idOf = (track) => track?.getSettings().deviceId ?? '';
    return { camera: idOf(this.#picture?.getVideoTracks()[0]), microphone: idOf(this.#microphone?.getAudioTracks()[0]) };
  }

  /** @returns {number} 0 to 1: how loud it is now */
  level() {
    if (!this.#analyser) return 0;
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return peak === 0 ? 0 : Math.max(0, 1 + Math.log10(peak) / 2.5); // −50 dB is nothing, 0 dB is all
  }

  /** Hands picture and sound to the worker, now and whenever they change. @param {Worker | null} worker */
  async feed(worker) {
    this.#worker = worker;
    if (!worker) return;
    await this.#listen();
    const channel = new MessageChannel();
    worker.postMessage({ type: 'sound', port: channel.port1 }, [channel.port1]);
    this.#epoch = this.#epochNow();
    this.#tap.port.postMessage({ port: channel.port2, epoch: this.#epoch }, [channel.port2]);
    this.#feedPicture();
  }

  /** Hands a stream of picture and mixed sound to the recorder, and another when the picture changes. @param {import('./recorder.js').Recorder | null} recorder */
  async record(recorder) {
    this.#recorder = recorder;
    if (!recorder) return;
    await this.#listen();
    if (!this.#recorded) {
      this.#recorded = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 2 });
      this.#mix.connect(this.#recorded);
    }
    this.#feedRecorder();
  }

  /** Called now and then while sound is handed on: the clocks of sound and page drift apart. */
  settle() {
    const epoch = this.#epochNow();
    if (Math.abs(epoch - this.#epoch) < epochTolerance) return;
    this.#epoch = epoch;
    this.#tap?.port.postMessage({ epoch });
  }

  stop() {
    for (const stream of [this.#picture, this.#microphone]) stream?.getTracks().forEach((track) => track.stop());
    [this.#picture, this.#microphone] = [null, null];
    this.preview.srcObject = null;
    void this.#context?.close();
    [this.#context, this.#recorded] = [null, null];
  }

  #show(stream) {
    const before = this.#picture;
    this.#picture = stream;
    before?.getTracks().forEach((track) => track.stop());
    this.preview.srcObject = stream;
    void this.preview.play();
    stream.getVideoTracks()[0].addEventListener('ended', () => {
      if (this.#picture !== stream) return;
      this.#picture = null;
      this.preview.srcObject = null;
      this.#recorder?.use(null);
      this.onEnded();
    });
    if (this.#worker) this.#feedPicture();
    if (this.#recorder) this.#feedRecorder();
  }

  #feedRecorder() {
    if (this.#picture) this.#recorder.use(new MediaStream([...this.#picture.getVideoTracks(), ...this.#recorded.stream.getAudioTracks()]));
  }

  async #listen() {
    if (this.#context) return void (await this.#context.resume());
    const context = new AudioContext(this.takesAnyRate ? {} : { sampleRate });
    this.#context = context;
    await context.audioWorklet.addModule(new URL('./tap.js', import.meta.url));
    this.#mix = new GainNode(context);
    this.#analyser = new AnalyserNode(context, { fftSize: 1024 });
    this.#tap = new AudioWorkletNode(context, 'tap', { channelCount: 2, channelCountMode: 'explicit' });
    const silence = new GainNode(context, { gain: 0 }); // what leads nowhere is not rendered
    this.#mix.connect(this.#analyser);
    this.#mix.connect(this.#tap).connect(silence).connect(context.destination);
    await context.resume();
  }

  /** @param {'microphone' | 'screen'} name @param {MediaStream | null} stream */
  #connect(name, stream) {
    this.#inputs[name]?.disconnect();
    this.#inputs[name] = null;
    if (!stream || stream.getAudioTracks().length === 0 || !this.#context) return;
    this.#inputs[name] = new MediaStreamAudioSourceNode(this.#context, { mediaStream: new MediaStream(stream.getAudioTracks()) });
    this.#inputs[name].connect(this.#mix);
  }

  #epochNow() {
    return performance.timeOrigin + performance.now() - this.#context.currentTime * 1000;
  }

  #feedPicture() {
    const track = this.#picture?.getVideoTracks()[0];
    if (!track) return;
    if ('MediaStreamTrackProcessor' in window) {
      const { readable } = new MediaStreamTrackProcessor({ track: track.clone() });
      this.#worker.postMessage({ type: 'pictures', stream: readable }, [readable]);
      return;
    }
    const mine = this.#picture; // browsers without it: what the preview shows
    const take = (_now, { mediaTime }) => {
      if (!this.#worker || this.#picture !== mine) return;
      const frame = new VideoFrame(this.preview, { timestamp: Math.round(mediaTime * 1_000_000) });
      this.#worker.postMessage({ type: 'picture', frame }, [frame]);
      this.preview.requestVideoFrameCallback(take);
    };
    this.preview.requestVideoFrameCallback(take);
  }
}
