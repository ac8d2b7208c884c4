// Where one chooses an emote: the site's own and the emoji, found by a part of their names, by mouse or by arrow keys.

import { h, icon } from '../studio/html.js';
import { emoteImage } from './emotes.js';
import { words } from './words.js';

export class Picker {
  #search = h('input', { class: 'chat__search', type: 'search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'done', 'aria-label': words.findEmote, placeholder: words.findEmote });
  #none = h('p', { class: 'chat__none', role: 'status', hidden: true }, words.noEmote);
  #own = h('div', { class: 'chat__emotes', role: 'group', 'aria-label': words.siteEmotes, hidden: true });
  #emoji;
  #onChoose;
  /** @type {HTMLDetailsElement} */
  element;

  /** @param {{ name: string, text: string }[]} emoji @param {(text: string) => void} onChoose */
  constructor(emoji, onChoose) {
    this.#onChoose = onChoose;
    this.#emoji = h('div', { class: 'chat__emotes', role: 'group', 'aria-label': words.emoji }, ...emoji.map((emote) => this.#button(emote.name, emote.text, emote.text)));
    this.element = /** @type {HTMLDetailsElement} */ (h('details', { class: 'chat__picker', 'data-closes': '' },
      h('summary', { class: 'chat__tool', 'aria-label': words.emotes }, icon('smile')),
      h('div', { class: 'chat__palette' }, this.#search, h('div', { class: 'chat__choices' }, this.#own, this.#emoji, this.#none))));
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
    this.element.addEventListener('toggle', () => this.#toggled());
    this.#search.addEventListener('input', () => this.#filter());
  }

  /** @param {import('./emotes.js').Emote[]} emotes the site's own */
  setSiteEmotes(emotes) {
    this.#own.replaceChildren(...emotes.map((emote) => this.#button(emote.name, `:${emote.name}: `, emoteImage(emote))));
    this.#filter();
  }

  #button(name, text, shown) {
    return h('button', { type: 'button', class: 'chat__emote', title: `:${name}:`, 'aria-label': name, 'data-name': name.toLowerCase(), onclick: () => this.#onChoose(text) }, shown);
  }

  #toggled() {
    if (!this.element.open) {
      this.#search.value = '';
      this.#filter();
    } else if (matchMedia('(hover: hover)').matches) {
      this.#search.focus(); // on a phone the keyboard would cover what there is to choose
    }
  }

  #filter() {
    const wanted = this.#search.value.trim().toLowerCase().replaceAll(':', '').replaceAll(' ', '_');
    for (const group of [this.#own, this.#emoji]) {
      const buttons = [...group.children];
      for (const button of buttons) button.hidden = !button.dataset.name.includes(wanted);
      group.hidden = buttons.every((button) => button.hidden);
    }

    this.#none.hidden = this.#visible.length > 0;
  }

  get #visible() {
    return [...this.#own.children, ...this.#emoji.children].filter((button) => !button.hidden);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.element.open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.element.open = false;
      this.element.querySelector('summary').focus();
    } else if (event.target === this.#search && event.key === 'Enter') {
      event.preventDefault(); // the form around it would send the message
      this.#visible[0]?.click();
    } else if (event.target === this.#search ? event.key === 'ArrowDown' : event.target.matches('.chat__emote')) {
      this.#move(event);
    }
  }

  #move(event) {
    const buttons = this.#visible;
    const at = buttons.indexOf(event.target);
    const steps = { ArrowRight: () => at + 1, ArrowLeft: () => at - 1, ArrowDown: () => below(buttons, at), ArrowUp: () => above(buttons, at), Home: () => 0, End: () => buttons.length - 1 };
    if (!(event.key in steps)) return;
    const next = steps[event.key]();
    event.preventDefault();
    event.stopPropagation(); // to the player an arrow means another moment
    if (next < 0) this.#search.focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  }
}

// The nearest in the row below, or above: rows are as long as the room there is.
function below(buttons, at) {
  if (at < 0) return 0;
  const { offsetTop, offsetLeft } = buttons[at];
  const next = buttons.findIndex((button, index) => index > at && button.offsetTop > offsetTop && button.offsetLeft >= offsetLeft);
  return next < 0 ? buttons.length - 1 : next;
}

function above(buttons, at) {
  const { offsetTop, offsetLeft } = buttons[at];
  return buttons.findLastIndex((button, index) => index < at && button.offsetTop < offsetTop && button.offsetLeft <= offsetLeft);
}
