// <upload-queue endpoint="/rest/v1/uploads" videos="/rest/v1/videos" antiforgery-header="X-CSRF-TOKEN" antiforgery-token="…">
//   <form method="post" enctype="multipart/form-data">… <input type="file" multiple> …</form>
// </upload-queue>
// Without scripts the form posts as it stands. With them files are sent in resumable chunks, several of them, and
// each becomes a row with its progress. A file chosen again later goes on where it stopped.

import { bytes, percent } from './studio/format.js';
import { h, icon } from './studio/html.js';
import { UploadRow } from './upload/row.js';

const atOnce = 2; // uploads; more only share the same line

export class UploadQueue extends HTMLElement {
  /** @type {UploadRow[]} */
  #rows = [];
  #waiting = [];
  #running = new Set();
  #life = new AbortController();

  get endpoint() {
    return this.getAttribute('endpoint');
  }

  get videos() {
    return this.getAttribute('videos');
  }

  get headers() {
    return { [this.getAttribute('antiforgery-header')]: this.getAttribute('antiforgery-token') };
  }

  connectedCallback() {
    const form = this.querySelector('form');
    const input = form.querySelector('input[type=file]');
    input.multiple = true;
    this.classList.add('is-live');
    this.list = h('ul', { class: 'upload-list', 'aria-label': 'Uploads' });
    this.unfinished = h('section', { class: 'upload-unfinished', hidden: true });
    this.live = h('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
    this.append(this.list, this.unfinished, this.live);

    const { signal } = this.#life;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#add(input.files);
    }, { signal });
    input.addEventListener('change', () => {
      this.#add(input.files);
      input.value = '';
    }, { signal });
    this.#acceptDrops(signal);
    window.addEventListener('beforeunload', (event) => {
      if (this.#running.size > 0) event.preventDefault();
    }, { signal });
    void this.#listUnfinished();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Says something to people who do not see the rows. @param {string} text */
  announce(text) {
    this.live.textContent = text;
  }

  /** @param {string} method @param {string} path below the videos @param {object} body */
  send(method, path, body) {
    return fetch(`${this.videos}/${path}`, {
      method, headers: { ...this.headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    }).catch(() => Response.json({ title: 'The site cannot be reached', detail: 'Check your connection and try again.' }, { status: 503 }));
  }

  /** An unfinished upload has been taken up again. @param {string | null} location */
  forget(location) {
    if (!location) return;
    const id = new URL(location, window.location.href).pathname.split('/').pop();
    this.unfinished.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
    this.unfinished.hidden = this.unfinished.querySelector('li') === null;
  }

  /** @param {UploadRow} row that sends now */
  rowStarted(row) {
    this.#running.add(row);
  }

  /** @param {UploadRow} row that needs its place in the line no longer */
  rowEnded(row) {
    this.#running.delete(row);
    this.#startNext();
  }

  #add(files) {
    for (const file of files) {
      const known = this.#rows.some((row) => row.file.name === file.name && row.file.size === file.size && row.element.isConnected && !['failed', 'refused', 'sent'].includes(row.state));
      if (known) {
        this.announce(`${file.name} is already in the list.`);
        continue;
      }
      const row = new UploadRow(file, this);
      this.#rows.push(row);
      this.list.prepend(row.element);
      if (file.size === 0) {
        row.refuse('This file is empty: there is nothing in it to show. Choose another one, or copy it again from where it came from.');
        continue;
      }
      this.#waiting.push(row);
      this.announce(`Uploading ${file.name}.`);
    }
    this.#startNext();
  }

  #startNext() {
    while (this.#running.size < atOnce && this.#waiting.length > 0) {
      const row = this.#waiting.shift();
      if (row.element.isConnected && row.state === 'queued') void row.start();
    }
  }

  /** Files may be dropped anywhere on the page. */
  #acceptDrops(signal) {
    let depth = 0;
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const show = (isOver) => this.classList.toggle('is-over', isOver);
    document.addEventListener('dragenter', (event) => {
      if (hasFiles(event)) show((depth += 1) > 0);
    }, { signal });
    document.addEventListener('dragleave', (event) => {
      if (hasFiles(event)) show((depth -= 1) > 0);
    }, { signal });
    document.addEventListener('dragover', (event) => {
      if (hasFiles(event)) event.preventDefault();
    }, { signal });
    document.addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      show((depth = 0) > 0);
      this.#add(event.dataTransfer.files);
    }, { signal });
  }

  async #listUnfinished() {
    const response = await fetch(this.endpoint, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!response?.ok) return;
    const { items } = await response.json();
    if (items.length === 0) return;
    this.unfinished.replaceChildren(
      h('h2', {}, 'Unfinished uploads'),
      h('p', {}, 'Choose the same file again to continue where it stopped.'),
      h('ul', {}, ...items.map((item) => this.#unfinishedRow(item))),
    );
    this.unfinished.hidden = false;
  }

  #unfinishedRow(item) {
    const remove = h('button', {
      type: 'button', class: 'button button-quiet', 'aria-label': `Discard ${item.fileName}`,
      onclick: async () => {
        const response = await fetch(`${this.endpoint}/${item.id}`, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0', ...this.headers } });
        if (response.ok || response.status === 404) this.forget(`${this.endpoint}/${item.id}`);
      },
    }, icon('trash-2'), 'Discard');
    return h('li', { 'data-id': String(item.id) }, icon('file-video'),
      h('span', { class: 'upload-unfinished-name' }, item.fileName),
      h('span', { class: 'upload-unfinished-size' }, `${percent(item.offset / item.length)} of ${bytes(item.length)}`), remove);
  }
}

customElements.define('upload-queue', UploadQueue);
