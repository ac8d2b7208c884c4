// A tus 1.0 client (https://tus.io/protocols/resumable-upload) for one file: create, HEAD to resume, PATCH in chunks.

const chunkSize = 8 * 1024 * 1024;
const pauses = [1000, 2000, 5000, 10000, 20000]; // milliseconds before each new attempt

/** A refusal or failure with words for a person. `code` is the problem's code, null when the network failed. */
export class UploadFailure extends Error {
  constructor(message, { code = null, status = 0 } = {}) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** The site has looked at the file and thrown it away: the same bytes would fail again. */
  get isFinal() {
    return this.status === 422 || this.status === 413 || this.code === 'upload.empty';
  }

  get isTemporary() {
    return this.status === 0 || this.status === 409 || this.status === 423 || this.status === 429 || this.status >= 500;
  }
}

/** Sends one file. `run` may be called again after `pause` or a failure and continues where the server is. */
export class TusUpload {
  #abort = new AbortController();

  /**
   * @param {File} file
   * @param {object} options
   * @param {string} options.endpoint
   * @param {Record<string, string>} options.headers sent with every request
   * @param {string | null} options.location where an earlier try of the same file is kept; null starts afresh
   * @param {(location: string | null) => void} options.onLocation
   * @param {(sentBytes: number) => void} options.onProgress
   * @param {(attempt: number) => void} options.onRetry
   */
  constructor(file, options) {
    this.file = file;
    this.options = options;
    this.location = options.location;
  }

  pause() {
    this.#abort.abort();
  }

  /** Nothing is left on the server, or it shall not be taken up again. */
  forget() {
    this.#remember(null);
  }

  /** Removes what the server has (termination extension). */
  async cancel() {
    this.pause();
    if (this.location) await fetch(this.location, { method: 'DELETE', headers: this.#headers() }).catch(() => {});
    this.options.onLocation(null);
  }

  /** @returns {Promise<string | null>} the public id of the video, or null when paused */
  async run() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    for (let attempt = 0; ; attempt++) {
      let offset = 0;
      try {
        offset = await this.#findOffset(signal);
        return await this.#sendFrom(offset, signal, () => {
          attempt = 0;
        });
      } catch (error) {
        if (signal.aborted) return null;
        const failure = error instanceof UploadFailure ? error : new UploadFailure('The connection was lost.');
        if (!failure.isTemporary || attempt >= pauses.length) throw failure;
        this.options.onRetry(attempt + 1);
        if (!(await sleep(pauses[attempt], signal))) return null;
      }
    }
  }

  async #findOffset(signal) {
    if (this.location) {
      const response = await fetch(this.location, { method: 'HEAD', headers: this.#headers(), signal });
      if (response.ok && Number(response.headers.get('Upload-Length')) === this.file.size) {
        this.#remember(this.location);
        return Number(response.headers.get('Upload-Offset'));
      }
      if (response.status >= 500 || response.status === 401 || response.status === 429) throw await failureOf(response.status, '');
      this.#remember(null); // expired or unknown: start afresh
    }
    const metadata = { filename: this.file.name, filetype: this.file.type || 'application/octet-stream' };
    const response = await fetch(this.options.endpoint, {
      method: 'POST',
      headers: this.#headers({ 'Upload-Length': String(this.file.size), 'Upload-Metadata': encode(metadata) }),
      signal,
    });
    if (response.status !== 201) throw await failureOf(response.status, await response.text());
    // Only the path: behind a proxy the site may not know the scheme and host the browser uses.
    this.#remember(new URL(response.headers.get('Location'), location.href).pathname);
    return 0;
  }

  async #sendFrom(offset, signal, onChunk) {
    let video = null;
    while (offset < this.file.size) {
      const chunk = this.file.slice(offset, offset + chunkSize);
      const answer = await this.#patch(chunk, offset, signal);
      offset = answer.offset;
      video = answer.video;
      onChunk();
    }
    if (video === null) throw new UploadFailure('The upload is complete, but the site did not say where the video is. Look in Videos.', { status: 400 });
    this.#remember(null);
    return video;
  }

  /** XMLHttpRequest, because fetch cannot tell how much of a request body is gone. */
  #patch(chunk, offset, signal) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const stop = () => request.abort();
      signal.addEventListener('abort', stop, { once: true });
      request.open('PATCH', this.location);
      const headers = this.#headers({ 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' });
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => this.options.onProgress(offset + event.loaded);
      request.onerror = () => reject(new UploadFailure('The connection was lost.'));
      request.onabort = () => reject(new UploadFailure('Paused.'));
      request.onloadend = () => signal.removeEventListener('abort', stop);
      request.onload = async () => {
        if (request.status !== 204 && request.status !== 200) {
          reject(await failureOf(request.status, request.responseText));
          return;
        }
        const sent = Number(request.getResponseHeader('Upload-Offset'));
        this.options.onProgress(sent);
        resolve({ offset: sent, video: request.getResponseHeader('Kinopress-Video') });
      };
      request.send(chunk);
    });
  }

  #headers(more = {}) {
    return { 'Tus-Resumable': '1.0.0', ...this.options.headers, ...more };
  }

  #remember(location) {
    this.location = location;
    this.options.onLocation(location);
  }
}

/** @returns {Promise<UploadFailure>} in the words of the problem (RFC 9457) when the answer has any */
export async function failureOf(status, body) {
  try {
    const problem = JSON.parse(body);
    const text = [problem.title, problem.detail].filter(Boolean).map((part) => part.replace(/[.\s]*$/, '.')).join(' ');
    return new UploadFailure(text || 'The site refused this file.', { code: problem.code ?? null, status });
  } catch {
    const text = status === 413 ? 'This file is larger than the site accepts.'
      : status === 401 ? 'You are signed out. Sign in again, then choose the file again to continue.'
      : status === 507 ? 'The site has no room left for this file.'
      : status >= 500 ? 'The site is not answering.' : `The site refused this file (${status}).`;
    return new UploadFailure(text, { status });
  }
}

function encode(metadata) {
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return Object.entries(metadata).map(([name, value]) => `${name} ${base64(value)}`).join(',');
}

/** @returns {Promise<boolean>} false when aborted before the time was over */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(false);
    }, { once: true });
  });
}
