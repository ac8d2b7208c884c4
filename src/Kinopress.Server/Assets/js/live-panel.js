// <live-panel page-url="/studio/lives/{id}" live-url="/rest/v1/lives/{id}" state="live">the control room of a live</live-panel>
// Keeps the room true while somebody works in it: numbers from the API, and whatever else became another as the server draws it.
// Forms with [data-in-place] are sent from where they stand: the picture, the lines and what is typed elsewhere stay.
// [data-on-air] shows only while it is on air, [data-scripted] only here; [data-said] says what was done.

import { clearMistakes, readPage, Regions, showMistakes } from './studio/in-place.js';
import { dropDraft } from './studio/drafts.js';
import { poll } from './studio/poll.js';
import { h, icon } from './studio/html.js';

const every = 2000; // milliseconds
const saidFor = 8000; // milliseconds
const longestThought = 30_000; // milliseconds between looking at the field of a marker and its first letter

// What LiveWords.cs says where no script runs.
const words = {
  unknown: '–',
  well: 'All is well. What your encoder sends arrives as it should.',
  measuring: 'Your encoder is here. The first seconds are being measured.',
  away: 'Your encoder is gone. Viewers see that you will be back soon; start it again to go on.',
  soundOnly: 'Sound only',
  since: 'On air for',
  lost: 'No answer came from this site. See whether it was done before you try again.',
  wrong: 'Not done yet: something needs a change first.',
};

class LivePanel extends HTMLElement {
  #life = new AbortController();
  #clock = 0;
  #silence = 0;
  /** @type {Regions} */
  #regions;
  #seen = '';
  #turn = Promise.resolve(); // one page at a time: a key is shown once, to whoever asks first

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#regions = new Regions(this);
    for (const element of this.querySelectorAll('[data-scripted]')) element.hidden = false;
    this.querySelector('[data-once]')?.setAttribute('data-seen', '');
    // At the window, after the question whether one is sure.
    window.addEventListener('submit', (event) => this.#submitted(event), { signal });
    this.addEventListener('input', (event) => this.#typed(event.target), { signal });
    this.#tick();
    this.#clock = setInterval(() => this.#tick(), 1000);
    void poll(() => this.#look(), signal, { first: every, last: every });
  }

  disconnectedCallback() {
    this.#life.abort();
    clearInterval(this.#clock);
  }

  async #look() {
    const answer = await fetch(this.getAttribute('live-url'), { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`The live answered ${answer.status}`);
    const live = await answer.json();
    const seen = JSON.stringify([live.state, live.startedAt, live.endedAt, live.replay, live.title, live.updatedAt]);
    const isAsDrawn = this.#seen === '' && live.state === this.getAttribute('state') && live.title === this.querySelector('h1').textContent;
    this.#show(live);
    if (seen !== this.#seen && !isAsDrawn) await this.#refresh();
    this.#seen = seen;
    return { hasChanged: true, isOver: false };
  }

  async #refresh() {
    const page = await this.#inTurn(() => readPage(this.getAttribute('page-url')));
    const fresh = this.#sameIn(page.document);
    if (fresh) this.#draw(fresh, page.document);
  }

  #draw(fresh, page) {
    this.#regions.draw(fresh, isOnAir(fresh.getAttribute('state'))); // whoever is on air has the key, and may be sharing this screen
    document.title = page.title;
    this.#stand(fresh.getAttribute('state'));
  }

  #sameIn(page) {
    return page.querySelector(`live-panel[page-url="${CSS.escape(this.getAttribute('page-url'))}"]`);
  }

  #inTurn(work) {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => {});
    return next;
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = event.target;
    if (event.defaultPrevented || !this.contains(form) || !form.hasAttribute('data-in-place')) return;
    event.preventDefault();
    delete form.dataset.confirmed; // the next time it asks again
    if (form.ariaBusy !== 'true') void this.#send(form, event.submitter);
  }

  async #send(form, submitter) {
    form.ariaBusy = 'true';
    const body = new URLSearchParams(new FormData(form, submitter));
    const typed = form.dataset.inPlace === 'clear' ? clear(form, body) : null; // at once: the next may be typed while this is on its way
    try {
      const page = await this.#inTurn(() => readPage(form.action, { method: 'POST', body }));
      const fresh = this.#sameIn(page.document);
      if (!fresh) {
        // Never sent twice: it may have been done before something else went wrong.
        if (page.isSignIn) location.assign(page.address); // drafts are kept
        else throw new Error('Not the page of this live');
        return;
      }
      dropDraft(form);
      if (page.isDone) return this.#done(form, fresh, page);
      typed?.restore();
      this.#refused(form, fresh, page);
    } catch {
      typed?.restore();
      this.#markUnsaved(form);
      this.#say(words.lost, true);
    } finally {
      form.ariaBusy = null;
    }
  }

  #done(form, fresh, page) {
    clearMistakes(form);
    this.#draw(fresh, page.document);
    this.#say(page.said);
    this.querySelector('[data-once]:not([data-seen]) input')?.select();
    this.querySelector('[data-once]')?.setAttribute('data-seen', '');
  }

  #refused(form, fresh, page) {
    this.#draw(fresh, page.document);
    showMistakes(form, fresh);
    this.#markUnsaved(form);
    this.#say(page.said || words.wrong, true);
  }

  #markUnsaved(form) {
    if (form.hasAttribute('data-guard')) form.dataset.dirty = 'true';
  }

  #say(text, isFailure = false) {
    clearTimeout(this.#silence);
    const said = this.querySelector('[data-said]');
    said.classList.toggle('is-failure', isFailure);
    said.textContent = '';
    requestAnimationFrame(() => { // the same words twice are news, too
      said.textContent = text;
    });
    this.#silence = setTimeout(() => {
      said.textContent = '';
    }, saidFor);
  }

  // The moment to mark is that of the first letter, or of the key that led here.
  #typed(field) {
    if (field.name !== 'markerTitle') return;
    const isOld = !field.dataset.at || (field.value.length === 1 && Date.now() - Number(field.dataset.at) > longestThought);
    if (field.value === '') return forgetMoment(field.form);
    if (isOld) field.dataset.at = String(Date.now());
    const started = Date.parse(this.querySelector('[data-since]').dateTime);
    const offset = Number(field.dataset.at) - started;
    field.form.elements.offsetMs.value = offset >= 0 ? String(Math.round(offset)) : '';
  }

  #stand(state) {
    this.setAttribute('state', state);
    for (const element of this.querySelectorAll('[data-on-air]')) element.hidden = !isOnAir(state);
  }

  #show(live) {
    const write = (name, text) => {
      const place = this.querySelector(`[data-${name}]`);
      if (place && place.textContent !== text) place.textContent = text;
    };
    const health = live.state === 'live' ? live.health : null;
    this.#stand(live.state);
    write('viewers', String(live.viewers));
    write('bitrate', health ? `${(health.bitrateBps / 1_000_000).toFixed(1)} Mbit/s` : words.unknown);
    write('frame-rate', health ? (health.frameRate > 0 ? String(Math.round(health.frameRate * 10) / 10) : words.soundOnly) : words.unknown);
    write('keyframes', health?.keyframeIntervalMs == null ? words.unknown : `${Math.round(health.keyframeIntervalMs / 100) / 10} s`);
    this.#advise(live.state, health);
    this.querySelector('live-monitor')?.show(live);
    const since = this.querySelector('[data-since]');
    if (live.startedAt && since.dateTime !== live.startedAt) since.dateTime = live.startedAt;
  }

  #advise(state, health) {
    const [look, symbol, texts] = state === 'interrupted' ? ['', 'triangle-alert', [words.away]]
      : !health ? [' is-calm', 'activity', [words.measuring]]
      : health.advice.length > 0 ? ['', 'triangle-alert', health.advice.map(({ message }) => message)]
      : [' is-well', 'circle-check', [words.well]];
    const list = this.querySelector('[data-advice]');
    if ([...list.children].map((item) => item.textContent.trim()).join('\n') === texts.join('\n')) return;
    list.replaceChildren(...texts.map((text) => h('li', { class: `live-advice${look}` }, icon(symbol), text)));
  }

  #tick() {
    const since = this.querySelector('[data-since]');
    const started = Date.parse(since.dateTime);
    if (Number.isNaN(started)) return;
    const seconds = Math.max(0, Math.floor((Date.now() - started) / 1000));
    const two = (number) => String(number).padStart(2, '0');
    since.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
    this.querySelector('[data-since-label]').textContent = words.since;
  }
}

const isOnAir = (state) => state === 'live' || state === 'interrupted';

/** Empties a form whose content is on its way. @returns {{ restore(): void }} puts it back where nothing was typed since */
function clear(form, body) {
  form.reset();
  forgetMoment(form);
  return {
    restore() {
      if (form.elements.markerTitle.value !== '') return;
      form.elements.markerTitle.value = body.get('markerTitle');
      form.elements.offsetMs.value = body.get('offsetMs');
    },
  };
}

function forgetMoment(form) {
  form.elements.offsetMs.value = '';
  delete form.elements.markerTitle.dataset.at;
}

customElements.define('live-panel', LivePanel);
