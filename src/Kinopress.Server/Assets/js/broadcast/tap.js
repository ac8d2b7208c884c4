// An audio worklet: hands on what it hears, in blocks, with the moment of the first sample.

const blockSize = 960; // 20 ms at 48 kHz

class Tap extends AudioWorkletProcessor {
  #port = null;
  #block = new Float32Array(2 * blockSize);
  #filled = 0;
  #offset = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      this.#port = data.port ?? this.#port;
      this.#offset = data.epoch; // milliseconds of the page when the context's clock stood at zero
    };
  }

  process([input]) {
    const [left, right = left] = input;
    for (let i = 0; i < 128; i++) {
      this.#block[this.#filled] = left?.[i] ?? 0;
      this.#block[blockSize + this.#filled] = right?.[i] ?? 0;
      if (++this.#filled === blockSize) this.#flush(i);
    }
    return true;
  }

  #flush(i) {
    const samples = this.#block;
    const at = this.#offset + ((currentFrame + i + 1 - blockSize) / sampleRate) * 1000;
    this.#block = new Float32Array(2 * blockSize);
    this.#filled = 0;
    this.#port?.postMessage({ samples, at }, [samples.buffer]);
  }
}

registerProcessor('tap', Tap);
