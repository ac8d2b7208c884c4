// <live-panel live-url="/rest/v1/lives/{id}" state="live">the numbers of a live</live-panel>
// Keeps them true while they are looked at. When the live starts or ends, the whole page is another one and is loaded again.

import { poll } from './studio/poll.js';
import { h, icon } from './studio/html.js';
import { reloadGently } from './studio/reload.js';

class LivePanel extends HTMLElement {
  #life = new AbortController();
  #clock = 0;

  connectedCallback() {
    this.#life = new AbortController();
    // Loading the page again would cancel a form that is just being sent.
    window.addEventListener('submit', (event) => event.defaultPrevented || this.#life.abort(), { signal: this.#life.signal });
    this.#tick();
    this.#clock = setInterval(() => this.#tick(), 1000);
    let before = '';
    void poll(async () => {
      const response = await fetch(this.getAttribute('live-url'), { headers: { Accept: 'application/json' } });
      if (!response.ok) throw new Error(`The live answered ${response.status}`);
      const live = await response.json();
      const now = JSON.stringify([live.state, live.viewers, live.health]);
      const hasChanged = now !== before;
      before = now;
      if (live.state !== this.getAttribute('state')) {
        reloadGently(this, { evenWhileWatching: live.state === 'ended' });
        return { hasChanged: false, isOver: true };
      }
      this.#show(live);
      return { hasChanged, isOver: false };
    }, this.#life.signal, { first: 2000, last: 5000 });
  }

  disconnectedCallback() {
    this.#life.abort();
    clearInterval(this.#clock);
  }

  #show(live) {
    const write = (name, text) => {
      const place = this.querySelector(`[data-${name}]`);
      if (place && place.textContent !== text) place.textContent = text;
    };
    write('viewers', String(live.viewers));
    if (!live.health) return;
    write('bitrate', `${(live.health.bitrateBps / 1_000_000).toFixed(1)} Mbit/s`);
    write('frame-rate', String(Math.round(live.health.frameRate * 10) / 10));
    write('keyframes', live.health.keyframeIntervalMs == null ? '–' : `${Math.round(live.health.keyframeIntervalMs / 100) / 10} s`);
    const list = this.querySelector('[data-advice]');
    const words = live.health.advice.map((advice) => advice.message);
    if (!list || [...list.children].map((item) => item.textContent).join('\n') === words.join('\n')) return;
    list.replaceChildren(...words.map((text) => h('li', { class: 'live-advice' }, icon('triangle-alert'), text)));
  }

  #tick() {
    const since = this.querySelector('[data-since]');
    if (!since) return;
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(since.dateTime)) / 1000));
    const two = (number) => String(number).padStart(2, '0');
    since.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
    this.querySelector('[data-since]').closest('div').querySelector('dt').textContent = 'On air for';
  }
}

customElements.define('live-panel', LivePanel);
