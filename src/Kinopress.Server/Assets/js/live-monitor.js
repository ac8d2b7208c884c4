// <live-monitor live-url="/rest/v1/lives/{id}" antiforgery-header="…" antiforgery-token="…">
// How a live on air is doing, and what its creator does meanwhile: mark a moment (key M), change the title, end it.
// Shows nothing while it is not on air. `no-end` leaves out the button that ends it, where the page has one; `compact` all but the
// lines: the page then gives it what it reads (`show`), and the key leads to the page's own field, #markerTitle.

import { sparkline } from './live/sparkline.js';
import { poll } from './studio/poll.js';
import { h, icon } from './studio/html.js';

const every = 2000; // milliseconds
const kept = 60; // values: two minutes
const typing = 'input, textarea, select, [contenteditable]';

class LiveMonitor extends HTMLElement {
  #life = new AbortController();
  #live = null;
  #markedAt = null; // the moment of the key, not that of the last letter

  connectedCallback() {
    this.#life = new AbortController();
    this.#build();
    this.hidden = true;
    document.addEventListener('keydown', (event) => this.#key(event), { signal: this.#life.signal, capture: true });
    if (!this.hasAttribute('compact')) void poll(() => this.#look(), this.#life.signal, { first: every, last: every });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #build() {
    this.bitrate = sparkline('Bitrate', kept);
    this.frames = sparkline('Frames a second', kept);
    this.numbers = { bitrate: h('dd', {}, '–'), frames: h('dd', {}, '–'), viewers: h('dd', {}, '–') };
    this.advice = h('ul', { class: 'monitor-advice', 'aria-live': 'polite' });
    this.said = h('p', { class: 'monitor-said', role: 'status' });
    this.marker = h('input', { class: 'input', id: 'monitor-marker', placeholder: 'What is there to see now', maxlength: '200', autocomplete: 'off', 'aria-keyshortcuts': 'm', oninput: () => this.#noteMoment() });
    this.newTitle = h('input', { class: 'input', id: 'monitor-title', maxlength: '200', autocomplete: 'off', required: true });
    const form = (label, control, button, send) => h('form', { class: 'monitor-form', onsubmit: (event) => {
      event.preventDefault();
      void send();
    } }, h('label', { for: control.id }, label), h('div', {}, control, h('button', { class: 'button', type: 'submit' }, ...button)));
    const fact = (name, number, spark) => h('div', {}, h('dt', {}, name), number, ...(spark ? [spark.element] : []));
    if (this.hasAttribute('compact')) {
      const line = (name, spark) => h('div', {}, h('dt', {}, name), h('dd', {}, spark.element)); // the page says the numbers
      this.replaceChildren(h('dl', { class: 'monitor-facts' }, line('Bitrate, the last two minutes', this.bitrate), line('Frames a second, the last two minutes', this.frames)));
      return;
    }
    const lines = [fact('Bitrate', this.numbers.bitrate, this.bitrate), fact('Frames a second', this.numbers.frames, this.frames)];
    this.replaceChildren(h('section', { class: 'panel', 'aria-label': 'On air' },
      h('dl', { class: 'monitor-facts' }, ...lines, fact('Viewers now', this.numbers.viewers, null)),
      this.advice,
      form('Mark this moment (M)', this.marker, [icon('bookmark'), 'Mark'], () => this.#mark()),
      form('Title', this.newTitle, ['Change'], () => this.#rename()),
      this.said,
      ...(this.hasAttribute('no-end') ? [] : [h('button', { class: 'button button-danger', type: 'button', onclick: () => this.#ask() }, icon('square'), 'End the live')])));
  }

  async #look() {
    const answer = await fetch(this.getAttribute('live-url'), { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`The live answered ${answer.status}`);
    this.#live = await answer.json();
    this.show(this.#live);
    return { hasChanged: true, isOver: false };
  }

  /** @param {{ state: string, title: string, viewers: number, health: any }} live as the API tells of it */
  show({ state, title, viewers, health }) {
    this.hidden = state !== 'live' && state !== 'interrupted';
    if (this.hidden) return;
    if (document.activeElement !== this.newTitle) this.newTitle.value = title;
    write(this.numbers.viewers, String(viewers));
    const bitrate = state === 'live' ? health?.bitrateBps ?? 0 : 0;
    const frames = state === 'live' ? health?.frameRate ?? 0 : 0;
    write(this.numbers.bitrate, `${(bitrate / 1_000_000).toFixed(1)} Mbit/s`);
    write(this.numbers.frames, String(Math.round(frames)));
    this.bitrate.add(bitrate, this.numbers.bitrate.textContent);
    this.frames.add(frames, this.numbers.frames.textContent);
    const words = state === 'interrupted'
      ? ['Nothing arrives. Viewers see that you will be back soon.']
      : (health?.advice ?? []).map(({ message }) => message);
    const shown = words.length > 0 ? words : health ? ['All is well.'] : [];
    if ([...this.advice.children].map((item) => item.textContent).join('\n') === shown.join('\n')) return;
    this.advice.replaceChildren(...shown.map((text) => h('li', { class: words.length > 0 ? 'is-warning' : '' }, icon(words.length > 0 ? 'triangle-alert' : 'circle-check'), text)));
  }

  #key(event) {
    if (this.hidden || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.composedPath().some((node) => node instanceof Element && node.matches(typing)) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the player beside would mute
    this.#markedAt = null;
    this.#noteMoment();
    const field = this.marker.isConnected ? this.marker : document.querySelector('#markerTitle');
    if (field && field.value === '') field.dataset.at = String(Date.now());
    field?.focus();
  }

  #noteMoment() {
    if (this.#live?.startedAt) this.#markedAt ??= Date.now() - Date.parse(this.#live.startedAt);
  }

  async #mark() {
    const title = this.marker.value.trim();
    if (!title) return this.marker.focus();
    // The clock of this computer may be wrong; then the moment is that of the answer.
    const isPlausible = this.#markedAt !== null && this.#markedAt >= 0;
    let answer = await this.#send('POST', '/markers', { title, ...(isPlausible ? { offsetMs: Math.round(this.#markedAt) } : {}) });
    if (answer?.status === 400 || answer?.status === 422) answer = await this.#send('POST', '/markers', { title });
    if (!(await this.#tell(answer, `Marked: ${title}`))) return;
    this.marker.value = '';
    this.#markedAt = null;
  }

  async #rename() {
    await this.#tell(await this.#send('PATCH', '', { title: this.newTitle.value.trim() }), 'The new title shows now.');
  }

  #ask() {
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'monitor-question' },
      h('form', { method: 'dialog' },
        h('p', { id: 'monitor-question' }, `End “${this.#live?.title ?? ''}” for everybody who watches?`),
        h('div', { class: 'dialog-actions' },
          h('button', { class: 'button', value: '' }, 'Keep going'),
          h('button', { class: 'button button-danger', value: 'yes' }, 'End the live'))));
    dialog.addEventListener('close', async () => {
      dialog.remove();
      if (dialog.returnValue === 'yes' && (await this.#tell(await this.#send('DELETE', '/broadcast'), 'The live is over.'))) this.hidden = true;
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async #send(method, path, body) {
    try {
      return await fetch(this.getAttribute('live-url') + path, {
        method,
        headers: { Accept: 'application/json', [this.getAttribute('antiforgery-header')]: this.getAttribute('antiforgery-token'), ...(body ? { 'Content-Type': 'application/json' } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      });
    } catch {
      return null;
    }
  }

  async #tell(answer, words) {
    if (answer?.ok) {
      this.said.textContent = words;
      return true;
    }
    const problem = await answer?.json().catch(() => null);
    this.said.textContent = Object.values(problem?.errors ?? {}).flat()[0] ?? problem?.detail ?? 'It did not work. Try again.';
    return false;
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('live-monitor', LiveMonitor);
