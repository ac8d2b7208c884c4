// <command-palette videos="/rest/v1/videos">: jump anywhere with Ctrl K. Pages are the links marked data-jump;
// videos come from the API, and from the list on the page when the API does not answer.

import { h, icon } from './html.js';

class CommandPalette extends HTMLElement {
  #timer = 0;
  #asked = 0;

  connectedCallback() {
    this.input = h('input', {
      class: 'palette-input', type: 'search', placeholder: 'Jump to a page or a video', autocomplete: 'off', spellcheck: 'false',
      role: 'combobox', 'aria-label': 'Jump to', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list',
      oninput: () => this.#search(), onkeydown: (event) => this.#move(event),
    });
    this.list = h('ul', { id: 'palette-list', class: 'palette-list', role: 'listbox', 'aria-label': 'Places' });
    this.dialog = h('dialog', {
      class: 'palette', 'aria-label': 'Jump to',
      onclick: (event) => event.target === this.dialog && this.dialog.close(),
    }, h('div', { class: 'palette-box' }, icon('search'), this.input, h('kbd', {}, 'Esc')), this.list);
    this.append(this.dialog);

    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        this.open('');
      }
    });
    const box = document.querySelector('[data-palette]');
    box?.addEventListener('click', () => this.open(box.value));
  }

  /** @param {string} text to start with */
  open(text) {
    if (this.dialog.open) return;
    this.input.value = text;
    this.dialog.showModal();
    this.#search();
  }

  #search() {
    const text = this.input.value.trim().toLowerCase();
    const pages = [...document.querySelectorAll('[data-jump]')]
      .map((link) => ({ label: link.dataset.jump, url: link.href, glyph: link.dataset.jumpIcon ?? 'arrow-right', kind: 'Page' }))
      .filter((page) => page.label.toLowerCase().includes(text));
    const onPage = [...document.querySelectorAll('[data-jump-video]')]
      .map((link) => ({ label: link.textContent.trim(), url: link.href, glyph: 'film', kind: 'Video' }))
      .filter((video) => video.label.toLowerCase().includes(text));
    this.#show([...pages, ...onPage]);
    clearTimeout(this.#timer);
    if (text.length > 1) this.#timer = setTimeout(() => void this.#searchVideos(text, pages, onPage), 180);
  }

  async #searchVideos(text, pages, onPage) {
    const asked = (this.#asked += 1);
    const response = await fetch(`${this.getAttribute('videos')}?${new URLSearchParams({ mine: 'true', search: text, limit: '8' })}`).catch(() => null);
    if (!response?.ok || asked !== this.#asked) return;
    const { items } = await response.json();
    const found = items.map((video) => ({ label: video.title, url: `/studio/videos/${video.publicId}`, glyph: 'film', kind: 'Video' }));
    const known = new Set(onPage.map((video) => new URL(video.url).pathname));
    this.#show([...pages, ...onPage, ...found.filter((video) => !known.has(video.url))]);
  }

  #show(entries) {
    const seen = new Set();
    const rows = entries.filter((entry) => !seen.has(entry.url + entry.label) && seen.add(entry.url + entry.label)).slice(0, 12);
    this.list.replaceChildren(...rows.map((entry, index) => h('li', { role: 'option', id: `palette-${index}`, 'aria-selected': String(index === 0) },
      h('a', { href: entry.url, tabindex: '-1' }, icon(entry.glyph), h('span', {}, entry.label), h('small', {}, entry.kind)))));
    if (rows.length === 0) this.list.append(h('li', { class: 'palette-none' }, 'Nothing by that name. Try fewer letters.'));
    this.#point();
  }

  #move(event) {
    const rows = [...this.list.querySelectorAll('[role=option]')];
    const at = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true');
    if (event.key === 'Enter') {
      event.preventDefault();
      rows[at]?.querySelector('a').click();
      return;
    }
    if (rows.length === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const next = (at + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % rows.length;
    rows.forEach((row, index) => row.setAttribute('aria-selected', String(index === next)));
    this.#point();
  }

  #point() {
    const selected = this.list.querySelector('[aria-selected=true]');
    if (selected) this.input.setAttribute('aria-activedescendant', selected.id);
    else this.input.removeAttribute('aria-activedescendant');
    selected?.scrollIntoView({ block: 'nearest' });
  }
}

customElements.define('command-palette', CommandPalette);
