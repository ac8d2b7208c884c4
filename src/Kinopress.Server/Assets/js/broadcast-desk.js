// <broadcast-desk live-url="/rest/v1/lives/{id}" live-title="…" watch-url="…" antiforgery-header="…" antiforgery-token="…">
// Goes live from this page: choose a picture, check the sound, press one button.

import { Capture, hasScreen } from './broadcast/capture.js';
import { largestRecorded, makePlan, makeRecordingPlan, qualities } from './broadcast/plan.js';
import { canRecord, Recorder } from './broadcast/recorder.js';
import { watchState } from './player/live-state.js';
import { h, icon } from './studio/html.js';

const workerUrl = new URL('./broadcast/worker.js', import.meta.url);

class BroadcastDesk extends HTMLElement {
  #life = new AbortController();
  #onAir = null;
  #worker = null;
  #since = 0;

  connectedCallback() {
    this.preview = h('video', { muted: true, playsinline: true, autoplay: true, 'aria-label': 'Preview' });
    this.preview.muted = true;
    this.capture = new Capture(this.preview);
    this.capture.onEnded = () => this.#draw('The picture has ended. Choose another.');
    this.#build();
    const { signal } = this.#life;
    window.addEventListener('beforeunload', (event) => this.#worker && event.preventDefault(), { signal });
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#listDevices(), { signal });
    this.#clock = setInterval(() => this.#tick(), 100);
    void this.#check();
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
    this.#life.abort();
    this.#worker?.terminate();
    this.capture.stop();
  }

  #clock = 0;
  #ticks = 0;

  #build() {
    this.camera = h('select', { class: 'input', id: 'camera', onchange: () => this.#try(() => this.#useCamera(this.camera.value)) });
    this.microphone = h('select', { class: 'input', id: 'microphone', onchange: () => this.#try(() => this.#useMicrophone()) });
    this.quality = h('select', { class: 'input', id: 'quality' }, ...Object.entries(qualities).map(([value, { label }]) => h('option', { value, selected: value === '720p' }, label)));
    this.compatible = h('input', { type: 'checkbox', role: 'switch', 'aria-describedby': 'compatible-hint', onchange: () => this.#try(() => this.#useServer(this.compatible.checked)) });
    const compatibility = h('label', { class: 'switch', hidden: !canRecord() },
      h('span', { class: 'switch-label' }, 'Compatibility mode'),
      h('span', { class: 'field-hint', id: 'compatible-hint' }, 'The server encodes for this browser. That keeps one of its processors busy, and viewers see you a few seconds later.'),
      this.compatible);
    this.level = h('div', { class: 'desk-level', role: 'meter', 'aria-label': 'Loudness', 'aria-valuemin': '0', 'aria-valuemax': '100' }, h('i'));
    this.words = h('p', { class: 'desk-words', role: 'status' });
    this.figures = h('p', { class: 'desk-figures muted small' });
    this.badge = h('span', { class: 'desk-badge', hidden: true }, 'Live');
    this.go = h('button', { class: 'button button-primary button-large button-wide', type: 'button', disabled: true, onclick: () => this.#try(() => this.#goLive()) }, icon('radio'), 'Go live');
    this.end = h('button', { class: 'button button-danger button-large button-wide', type: 'button', hidden: true, onclick: () => this.#ask() }, icon('square'), 'End the live');
    this.empty = h('div', { class: 'desk-empty' }, icon('camera'), h('p', {}, 'What do you want to show?'));
    const useCamera = h('button', { class: 'button', type: 'button', onclick: () => this.#try(() => this.#useCamera('')) }, icon('camera'), 'Camera');
    const useScreen = h('button', { class: 'button', type: 'button', hidden: !hasScreen, onclick: () => this.#try(() => this.#useScreen()) }, icon('monitor'), 'Screen');
    const field = (label, control) => h('div', { class: 'field' }, h('label', { for: control.id }, label), control);
    this.replaceChildren(
      h('div', { class: 'desk-picture' }, this.preview, this.empty, this.badge),
      h('section', { class: 'panel desk-side', 'aria-label': 'Picture and sound' },
        h('div', { class: 'desk-sources' }, useCamera, useScreen),
        field('Camera', this.camera),
        field('Microphone', this.microphone),
        this.level,
        field('Quality', this.quality),
        compatibility,
        this.words,
        this.go,
        this.end,
        this.figures,
        h('a', { class: 'button button-wide', href: this.getAttribute('watch-url'), target: '_blank' }, icon('eye'), 'View on your site')));
    this.#fill(this.camera, [], '', 'Not in use');
    this.#fill(this.microphone, [], '', 'Not in use');
  }

  async #check() {
    if (!window.isSecureContext || !navigator.mediaDevices) return this.#draw('Browsers give camera and microphone only to pages over https. Set up https for this site, or use an encoder such as OBS.', true);
    const canEncode = (await makePlan('480p')) !== null;
    if (!canEncode && !canRecord()) return this.#draw('This browser cannot encode video for viewers. Use a current Chrome, Edge or Safari, or an encoder such as OBS.', true);
    this.compatible.disabled = !canEncode;
    if (canRecord() && (!canEncode || new URLSearchParams(location.search).has('compatible'))) {
      this.compatible.checked = true;
      this.capture.takesAnyRate = true;
      await this.#try(() => this.#useServer(true));
      if (!canEncode && this.words.textContent === '') this.#draw('This browser cannot encode what every viewer plays, so the server does.');
    }
    const answer = await fetch(this.getAttribute('live-url'), { headers: { Accept: 'application/json' } }).catch(() => null);
    if (answer?.ok && (await answer.json()).state === 'live' && !this.#worker) this.#draw('This live is on air from elsewhere. When you go live here, this page takes over.');
  }

  /** Says what went wrong where something the visitor asked for did not work. */
  async #try(act) {
    try {
      await act();
    } catch (error) {
      const said = {
        NotAllowedError: 'The browser did not allow it. Allow camera and microphone in its address bar, and try again.',
        NotFoundError: 'There is no such device. Plug it in and try again.',
        NotReadableError: 'Another program uses it. Close that and try again.',
        OverconstrainedError: 'This device cannot do that. Choose another.',
      }[error.name];
      this.#draw(said ?? error.message, true);
    }
  }

  /** Whether the server encodes, because this browser cannot or its visitor wants so. */
  async #useServer(isWanted) {
    const tooLarge = Object.keys(qualities).slice(Object.keys(qualities).indexOf(largestRecorded) + 1);
    for (const option of this.quality.options) option.disabled = isWanted && tooLarge.includes(option.value);
    if (isWanted && tooLarge.includes(this.quality.value)) this.quality.value = largestRecorded;
    this.#draw('');
    await this.#askServer();
  }

  /** Before a camera starts: a server that cannot encode says so. */
  async #askServer() {
    if (!this.compatible.checked) return;
    const { ticket, refusal } = await this.#ticket();
    if (!ticket && refusal) throw new Error(refusal);
  }

  async #useCamera(deviceId) {
    await this.#askServer();
    await this.capture.useCamera({ deviceId, ...qualities[this.quality.value] });
    await this.#withMicrophone();
  }

  async #useScreen() {
    await this.#askServer();
    await this.capture.useScreen();
    await this.#withMicrophone();
  }

  async #withMicrophone() {
    if (!this.capture.chosen.microphone && this.microphone.value !== 'none') {
      await this.capture.useMicrophone('').catch(() => this.capture.useMicrophone(null)); // a live may be silent
    }
    await this.#listDevices();
    this.#draw('');
  }

  async #useMicrophone() {
    await this.capture.useMicrophone(this.microphone.value === 'none' ? null : this.microphone.value);
    this.#draw('');
  }

  async #listDevices() {
    const { cameras, microphones } = await this.capture.devices();
    const { camera, microphone } = this.capture.chosen;
    this.#fill(this.camera, cameras, camera, camera ? null : 'Not in use');
    this.#fill(this.microphone, microphones, microphone || 'none', null);
    this.microphone.append(h('option', { value: 'none', selected: !microphone }, 'None'));
  }

  #fill(select, devices, chosen, empty) {
    const options = devices.map(({ deviceId, label }, index) => h('option', { value: deviceId, selected: deviceId === chosen }, label || `Device ${index + 1}`));
    select.replaceChildren(...(empty ? [h('option', { value: '', selected: true }, empty)] : []), ...options);
    select.disabled = devices.length === 0;
  }

  async #goLive() {
    const isRecorded = this.compatible.checked;
    const plan = isRecorded ? makeRecordingPlan(this.quality.value) : await makePlan(this.quality.value);
    if (!plan) throw new Error('This browser cannot encode this quality. Choose a smaller one.');
    this.go.disabled = true;
    this.#draw('Connecting…');
    const { ticket, refusal } = await this.#ticket();
    if (!ticket) {
      this.#draw(refusal || 'The site did not let this page in. Load it again, and sign in if it asks.', true);
      return;
    }
    const url = new URL('/ingest/live', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#worker = isRecorded ? new Recorder() : new Worker(workerUrl, { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => void this.#hear(data));
    this.#worker.addEventListener('error', () => this.#over('The page could not start its encoder. Load it again.'));
    this.#worker.postMessage({ type: 'start', ticket, plan: { ...plan, url: url.href } });
    await (isRecorded ? this.capture.record(this.#worker) : this.capture.feed(this.#worker));
    this.#onAir = new AbortController();
    this.#watching = watchState(this.getAttribute('live-url'), ({ viewers }) => {
      this.#viewers = viewers;
    }, this.#onAir.signal);
    void this.#stayAwake();
  }

  #watching = null;
  #viewers = 0;

  /** @returns {Promise<{ ticket: string | null, refusal: string }>} */
  async #ticket() {
    try {
      const answer = await fetch(`${this.getAttribute('live-url')}/browser-ticket${this.compatible.checked ? '?format=webm' : ''}`, {
        method: 'POST', headers: { Accept: 'application/json', [this.getAttribute('antiforgery-header')]: this.getAttribute('antiforgery-token') },
      });
      const { ticket, type, detail } = await answer.json();
      this.dataset.problem = type ?? '';
      if (answer.ok) return { ticket, refusal: '' };
      return { ticket: null, refusal: type.startsWith('urn:kinopress:problem:live.') ? detail : '' };
    } catch {
      return { ticket: null, refusal: '' }; // whoever encodes asks again
    }
  }

  /**
   * The connection was lost. What was ended meanwhile is not begun anew by a page that nobody asked to.
   * @param {boolean} isInvited the site said to come again, perhaps before anything was on air
   */
  async #rejoin(isInvited) {
    if (!isInvited && (await this.#hasEnded())) return this.#over('');
    this.#worker?.postMessage({ type: 'ticket', ticket: (await this.#ticket()).ticket });
  }

  async #hasEnded() {
    try {
      const answer = await fetch(this.getAttribute('live-url'), { headers: { Accept: 'application/json' } });
      const { state } = await answer.json();
      return answer.ok && this.#since > 0 && state !== 'live' && state !== 'interrupted';
    } catch {
      return false; // the site is not there: whoever encodes asks again
    }
  }

  async #hear(message) {
    if (message.type === 'need-ticket') await this.#rejoin(message.isInvited === true);
    if (message.type === 'figures') {
      const { bitrate, target, frames, dropped } = message;
      const slow = target < qualities[this.quality.value].bitrate * 0.9 ? ' Your connection is slow, so the picture is coarser.' : '';
      this.figures.textContent = `${(bitrate / 1_000_000).toFixed(1)} Mbit/s, ${frames === null ? '' : `${frames} frames a second${dropped > 0 ? `, ${dropped} left out` : ''}, `}${this.#viewers} watching.${slow}`;
      this.dataset.bitrate = String(bitrate);
    }
    if (message.type !== 'state') return;
    if (message.state === 'live') {
      this.#since ||= Date.now();
      this.#draw('');
      void this.#watching?.look();
    }
    if (message.state === 'reconnecting') this.#draw(message.message || 'The connection is gone. Trying again…');
    if (message.state === 'over') this.#over(message.message);
  }

  #over(words) {
    this.#worker?.terminate();
    this.#worker = null;
    this.#onAir?.abort();
    this.#since = 0;
    void this.capture.feed(null);
    void this.capture.record(null);
    this.figures.textContent = '';
    delete this.dataset.bitrate;
    this.#draw(words || 'The live is over. If it was recorded, the recording is on your site now.');
  }

  #ask() {
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'end-question' },
      h('form', { method: 'dialog' },
        h('p', { id: 'end-question' }, `End “${this.getAttribute('live-title')}” for everybody who watches?`),
        h('div', { class: 'dialog-actions' },
          h('button', { class: 'button', value: '' }, 'Keep going'),
          h('button', { class: 'button button-danger', value: 'yes' }, 'End the live'))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (dialog.returnValue === 'yes') this.#worker?.postMessage({ type: 'stop' });
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async #stayAwake() {
    try {
      await navigator.wakeLock?.request('screen');
    } catch {
      // Only a comfort.
    }
  }

  #draw(words, isWrong = false) {
    const isOnAir = this.#worker !== null;
    this.words.textContent = words;
    this.words.classList.toggle('is-wrong', isWrong);
    this.empty.hidden = this.capture.hasPicture;
    this.go.hidden = isOnAir;
    this.go.disabled = !this.capture.hasPicture;
    this.end.hidden = !isOnAir;
    this.quality.disabled = isOnAir;
    this.compatible.closest('label').inert = isOnAir;
    this.badge.hidden = !(isOnAir && this.#since > 0);
    this.dataset.state = isOnAir ? (this.#since > 0 ? 'live' : 'connecting') : 'off';
  }

  #tick() {
    const level = Math.round(100 * Math.min(1, this.capture.level()));
    this.level.style.setProperty('--level', `${level}%`);
    if (this.#ticks++ % 10 !== 0) return;
    this.level.setAttribute('aria-valuenow', String(level));
    if (this.#worker && this.#ticks % 50 === 1) this.capture.settle();
    if (this.#since === 0) return;
    const seconds = Math.floor((Date.now() - this.#since) / 1000);
    const two = (number) => String(number).padStart(2, '0');
    this.badge.textContent = `Live ${seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}` : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  }
}

customElements.define('broadcast-desk', BroadcastDesk);
