import { bytes, percent, timeLeft } from '../studio/format.js';
import { h, icon } from '../studio/html.js';
import { poll } from '../studio/poll.js';
import { TusUpload, failureOf } from './tus.js';

const storageKey = (file) => `kinopress:upload:${file.name}:${file.size}:${file.lastModified}`;

const stateWords = {
  waiting: 'Waiting to be prepared',
  processing: 'Preparing your video',
  playable: 'Watchable now; more qualities are on their way',
  ready: 'Ready in every quality',
  failed: 'This video could not be prepared',
};

/** One file on its way: the list item, its upload and what becomes of it. */
export class UploadRow {
  /** @type {'queued' | 'sending' | 'paused' | 'failed' | 'refused' | 'sent'} refused files cannot be tried again */
  state = 'queued';
  #life = new AbortController();
  #samples = [];
  #titleToSave = null;
  #video = null;

  /**
   * @param {File} file
   * @param {import('../upload-queue.js').UploadQueue} queue
   */
  constructor(file, queue) {
    this.file = file;
    this.queue = queue;
    this.#build();
    this.upload = new TusUpload(file, {
      endpoint: queue.endpoint,
      headers: queue.headers,
      location: localStorage.getItem(storageKey(file)),
      onLocation: (location) => {
        if (location) localStorage.setItem(storageKey(file), location);
        else localStorage.removeItem(storageKey(file));
        queue.forget(location);
      },
      onProgress: (sent) => this.#showProgress(sent),
      onRetry: () => this.#say('The connection was lost. Trying again…', 'is-waiting'),
    });
  }

  async start() {
    this.queue.rowStarted(this);
    this.#become('sending');
    this.#samples = [];
    this.#say('Starting…');
    try {
      const publicId = await this.upload.run();
      if (publicId === null) return;
      await this.#sent(publicId);
    } catch (failure) {
      if (failure.isFinal) {
        this.refuse(failure.message);
        return;
      }
      this.#become('failed');
      this.#say(failure.message, 'is-error');
      this.queue.announce(`${this.file.name}: ${failure.message}`);
      this.queue.rowEnded(this);
    }
  }

  /** The file will never do: nothing to wait for, nothing to try again. @param {string} message */
  refuse(message) {
    this.#become('refused');
    this.#say(message, 'is-error');
    this.queue.announce(`${this.file.name}: ${message}`);
    this.queue.rowEnded(this);
  }

  #pause() {
    this.upload.pause();
    this.#become('paused');
    this.#say('Paused');
    this.queue.rowEnded(this);
  }

  async #cancel() {
    this.#life.abort();
    this.element.remove();
    if (this.state === 'refused') {
      this.upload.forget(); // the site has thrown it away already
      return;
    }
    await this.upload.cancel();
    this.queue.announce(`Upload of ${this.file.name} canceled.`);
    this.queue.rowEnded(this);
  }

  async #sent(publicId) {
    this.#video = publicId;
    this.#become('sent');
    this.bar.value = 1;
    this.#say(stateWords.waiting);
    this.queue.announce(`${this.file.name} is uploaded and is now being prepared.`);
    this.queue.rowEnded(this);
    this.edit.href = `/studio/videos/${publicId}`;
    if (this.#titleToSave !== null) await this.#saveTitle(this.#titleToSave);
    await this.#follow();
  }

  /** Shows what becomes of the video until nothing more will. */
  async #follow() {
    const publicId = this.#video;
    let before = '';
    await poll(async () => {
      const response = await fetch(`${this.queue.videos}/${publicId}`, { headers: { Accept: 'application/json' } });
      if (response.status === 404) return { hasChanged: true, isOver: true }; // deleted elsewhere
      if (!response.ok) throw await failureOf(response.status, await response.text());
      const video = await response.json();
      if (this.#life.signal.aborted) return { hasChanged: false, isOver: true };
      this.#showVideo(video);
      const now = `${video.state}${video.progress}${video.publishedAt}`;
      const hasChanged = now !== before;
      before = now;
      return { hasChanged, isOver: video.state === 'ready' || video.state === 'failed' };
    }, this.#life.signal);
  }

  #showVideo(video) {
    const isOver = video.state === 'ready' || video.state === 'failed';
    this.bar.hidden = isOver;
    this.bar.value = video.progress;
    const words = video.state === 'failed' ? `${stateWords.failed}. ${video.problem?.message ?? ''}` : stateWords[video.state];
    const said = video.publishedAt !== null && video.state !== 'failed' ? `Published · ${words}` : words;
    this.#say(isOver ? said : `${said} · ${percent(video.progress)}`, video.state === 'failed' ? 'is-error' : video.state === 'ready' ? 'is-done' : '');
    if (isOver) this.queue.announce(`${this.title.value}: ${words}.`);
    if (video.thumbnailUrl && !this.picture.querySelector('img')) {
      this.picture.replaceChildren(h('img', { src: video.thumbnailUrl, alt: '' }));
    }
    this.view.href = video.watchUrl ?? '#';
    this.view.hidden = !video.publishedAt || !['playable', 'ready'].includes(video.state);
    this.publish.hidden = video.publishedAt !== null || video.state === 'failed';
  }

  async #publishNow() {
    this.publish.disabled = true;
    const response = await this.queue.send('PUT', `${this.#video}/publication`, { whenReady: true });
    if (response.ok) {
      const video = await response.json();
      this.publish.querySelector('span').textContent = 'Publishes when ready';
      this.#showVideo(video); // also when nobody asks any more, because every quality was ready before
      this.queue.announce(video.publishedAt === null ? `${this.title.value} is published as soon as it can be watched.` : `${this.title.value} is published.`);
      if (!this.view.hidden && this.publish.hidden) this.view.focus();
      return;
    }
    this.publish.disabled = false;
    this.#say((await failureOf(response.status, await response.text())).message, 'is-error');
  }

  async #saveTitle(title) {
    if (!this.#video) {
      this.#titleToSave = title;
      return;
    }
    const response = await this.queue.send('PATCH', this.#video, { title });
    this.saved.textContent = response.ok ? 'Saved' : 'Not saved. Try again under Edit details.';
  }

  #showProgress(sent) {
    const now = performance.now();
    this.#samples.push({ now, sent });
    while (this.#samples.length > 2 && now - this.#samples[0].now > 8000) this.#samples.shift();
    const first = this.#samples[0];
    const speed = now - first.now > 500 ? ((sent - first.sent) / (now - first.now)) * 1000 : 0;
    this.bar.value = sent / this.file.size;
    const parts = [`${percent(sent / this.file.size)} of ${bytes(this.file.size)}`];
    if (speed > 0) parts.push(`${bytes(speed)}/s`, timeLeft((this.file.size - sent) / speed));
    this.#say(parts.filter(Boolean).join(' · '));
  }

  #say(text, look = '') {
    this.status.textContent = text;
    this.status.className = `upload-row-status ${look}`;
  }

  #become(state) {
    this.state = state;
    this.bar.hidden = state === 'refused';
    this.pauseButton.hidden = state !== 'sending';
    this.resumeButton.hidden = state !== 'paused';
    this.retryButton.hidden = state !== 'failed';
    this.cancelButton.hidden = state === 'sent' || state === 'refused';
    this.removeButton.hidden = state !== 'refused';
    this.title.disabled = state === 'refused';
    this.edit.hidden = this.publish.hidden = state !== 'sent';
    this.element.dataset.state = state;
  }

  #build() {
    const name = this.file.name;
    const button = (glyph, label, action, look = 'button-quiet') => h('button', {
      type: 'button', class: `button ${look}`, 'aria-label': `${label} ${name}`, onclick: action,
    }, icon(glyph), h('span', {}, label));
    this.picture = h('div', { class: 'upload-row-picture', 'aria-hidden': 'true' }, icon('file-video'));
    this.title = h('input', { class: 'input', value: name.replace(/\.[^.]+$/, '').replace(/[_]+/g, ' '), 'aria-label': `Title of ${name}`, maxlength: '200', onchange: () => void this.#saveTitle(this.title.value.trim()) });
    this.saved = h('span', { class: 'upload-row-saved' });
    this.bar = h('progress', { class: 'progress', max: '1', value: '0', 'aria-label': `Progress of ${name}` });
    this.status = h('p', { class: 'upload-row-status' });
    this.pauseButton = button('pause', 'Pause', () => this.#pause());
    this.resumeButton = button('play', 'Resume', () => void this.start());
    this.retryButton = button('rotate-cw', 'Try again', () => void this.start());
    this.cancelButton = button('x', 'Cancel', () => void this.#cancel());
    this.removeButton = button('x', 'Remove', () => void this.#cancel());
    this.publish = button('globe', 'Publish', () => void this.#publishNow(), 'button-primary');
    this.edit = h('a', { class: 'button', href: '#' }, icon('pencil'), 'Edit details');
    this.view = h('a', { class: 'button button-quiet', href: '#', hidden: true }, icon('eye'), 'View');
    this.element = h('li', { class: 'upload-row' }, this.picture,
      h('div', { class: 'upload-row-body' },
        h('div', { class: 'upload-row-title' }, this.title, this.saved),
        h('p', { class: 'upload-row-file' }, `${name} · ${bytes(this.file.size)}`),
        this.bar, this.status),
      h('div', { class: 'upload-row-actions' }, this.pauseButton, this.resumeButton, this.retryButton, this.cancelButton, this.removeButton, this.publish, this.edit, this.view));
    this.#become('queued');
    this.#say('Waiting for its turn');
  }
}
