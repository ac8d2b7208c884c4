// Where one writes: the field, the emotes, the reactions, and what is said about a message that was refused.

import { h, icon } from '../studio/html.js';
import { Picker } from './picker.js';
import { holds, standingOf } from './standing.js';
import { words } from './words.js';

const longestTimer = 2 ** 31 - 1000; // milliseconds; beyond, a timer ends at once

export class Composer {
  element = h('div', { class: 'chat__composer' });
  #options;
  #field = h('input', { class: 'chat__field', type: 'text', autocomplete: 'off', enterkeyhint: 'send', 'aria-label': words.write, placeholder: words.write });
  #send = h('button', { type: 'submit', class: 'chat__send', 'aria-label': words.send }, icon('send'));
  #error = h('p', { class: 'chat__error', role: 'alert', hidden: true });
  #note = h('p', { class: 'chat__note' });
  #replying = h('p', { class: 'chat__replying', hidden: true });
  /** @type {any} */
  #answered = null;
  #isConnected = true;
  #waitUntil = 0;
  #timer = 0;
  /** @type {any[]} what was sent and not seen yet, in order */
  #pending = [];
  #sentCount = 0;
  #rules = null;
  #me = null;
  #pardon = 0;
  #key = null;
  #name = '';
  #picker;
  /** @type {import('./emotes.js').Emote[]} */
  #siteEmotes = [];

  /** @param {{ room: any, list: any, emotes: { name: string, text: string }[], reactions: string[], signInUrl: string, onReaction: (reaction: string) => void }} options */
  constructor(options) {
    this.#options = options;
    this.#picker = new Picker(options.emotes, (text) => this.#insert(text));
  }

  /** @param {import('./emotes.js').Emote[]} emotes the site's own */
  setSiteEmotes(emotes) {
    this.#siteEmotes = emotes;
    this.#picker.setSiteEmotes(emotes);
  }

  /** A moderator keeps him from writing, or lets him again. @param {{ until: string | null } | null} restriction */
  setRestriction(restriction) {
    if (this.#rules) this.setRules(this.#rules, { ...this.#me, restriction });
  }

  /** @param {{ isOpen: boolean, isPaused: boolean, slowModeSeconds: number, maxLength: number }} rules */
  setRules(rules, me) {
    this.#rules = rules;
    this.#me = me;
    clearTimeout(this.#pardon);
    this.#key = me.key;
    this.#name = me.name ?? '';
    if (!me.isSignedIn) {
      this.element.replaceChildren(h('a', { class: 'chat__sign-in', href: this.#options.signInUrl }, words.signIn));
      return;
    }

    if (rules.isOpen && holds(me.restriction)) {
      this.element.replaceChildren(h('p', { class: 'chat__note', role: 'status' }, standingOf(me.restriction)));
      const left = me.restriction.until ? new Date(me.restriction.until).getTime() - Date.now() : Infinity;
      if (left < longestTimer) this.#pardon = setTimeout(() => this.setRestriction(null), left + 500);
      return;
    }

    const isShut = !rules.isOpen || (rules.isPaused && !me.mayModerate);
    if (isShut) {
      this.element.replaceChildren(h('p', { class: 'chat__note' }, rules.isOpen ? words.paused : words.closed));
      return;
    }

    this.#note.textContent = rules.slowModeSeconds > 0 && !me.mayModerate ? words.slowMode(rules.slowModeSeconds) : '';
    this.#field.maxLength = rules.maxLength;
    if (!this.#field.isConnected) this.#draw();
  }

  /** @param {boolean} isConnected */
  setConnected(isConnected) {
    this.#isConnected = isConnected;
    this.#showButton();
  }

  /** The room tells of a message; one's own waited for that. */
  arrived(message) {
    if (message.authorKey === this.#key && this.#pending.length > 0) this.#options.list.drop(this.#pending.shift().id);
  }

  replyTo(message) {
    this.#answered = message;
    this.#replying.hidden = !message;
    this.#replying.replaceChildren();
    if (!message) return;
    this.#replying.append(h('span', { dir: 'auto' }, words.replyingTo(message.authorName)),
      h('button', { type: 'button', class: 'chat__tool', 'aria-label': words.cancel, onclick: () => this.replyTo(null) }, icon('x')));
    this.#field.focus();
  }

  #draw() {
    const form = h('form', { class: 'chat__form', onsubmit: (event) => this.#submit(event) }, this.#picker.element, this.#field, this.#send);
    const reactions = h('div', { class: 'chat__reactions', role: 'group', 'aria-label': words.reactions }, ...this.#options.reactions.map((reaction) =>
      h('button', { type: 'button', class: 'chat__reaction', 'aria-label': words.react(reaction), onclick: () => this.#react(reaction) }, reaction)));
    this.element.replaceChildren(this.#replying, this.#error, form, h('div', { class: 'chat__foot' }, reactions, this.#note));
    this.#field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#answered) this.replyTo(null);
    });
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || this.#isShut) return;
    this.#fail('');
    const pending = { id: `pending-${this.#sentCount++}`, authorKey: this.#key, authorName: this.#name, authorRole: 'member', text, emotes: this.#siteEmotes, replyTo: this.#answered?.id, sentAt: new Date().toISOString(), isPending: true };
    const list = this.#options.list;
    this.#pending.push(pending);
    list.add(pending);
    list.follow();
    this.#field.value = '';
    const answered = this.#answered;
    this.replyTo(null);
    try {
      const answer = await this.#options.room.send(text, answered?.id);
      if (answer.isHeld) {
        this.#forget(pending);
        list.add({ ...pending, id: answer.id, isPending: false, isHeld: true });
      } else if (answer.code) {
        this.#refused(answer, pending, text, answered);
      }
    } catch {
      this.#refused({ message: words.unsent }, pending, text, answered);
    }
  }

  // What was typed comes back, so that nothing is lost but a moment.
  #refused(answer, pending, text, answered) {
    this.#forget(pending);
    if (!this.#field.value) this.#field.value = text;
    if (answered) this.replyTo(answered);
    this.#fail(answer.message);
    if (answer.retryAfterSeconds && answer.retryAfterSeconds <= 120) this.#wait(answer.retryAfterSeconds);
  }

  #forget(pending) {
    this.#pending = this.#pending.filter((other) => other !== pending);
    this.#options.list.drop(pending.id);
  }

  async #react(reaction) {
    try {
      const answer = await this.#options.room.react(reaction);
      if (answer.code) this.#fail(answer.message);
    } catch {
      this.#fail(words.failed);
    }
  }

  #insert(text) {
    const { selectionStart, selectionEnd } = this.#field;
    this.#field.setRangeText(text, selectionStart ?? 0, selectionEnd ?? 0, 'end');
    this.#field.focus();
  }

  #wait(seconds) {
    this.#waitUntil = Date.now() + seconds * 1000;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (!this.#isWaiting) {
        clearInterval(this.#timer);
        this.#fail('');
      }

      this.#showButton();
    }, 250);
    this.#showButton();
  }

  get #isWaiting() {
    return Date.now() < this.#waitUntil;
  }

  get #isShut() {
    return !this.#isConnected || this.#isWaiting;
  }

  #showButton() {
    this.#send.toggleAttribute('disabled', this.#isShut);
    const left = Math.ceil((this.#waitUntil - Date.now()) / 1000);
    if (this.#isWaiting) this.#send.replaceChildren(h('span', { class: 'chat__wait' }, words.wait(left)));
    else if (!this.#send.querySelector('svg')) this.#send.replaceChildren(icon('send'));
  }

  #fail(text) {
    this.#error.hidden = !text;
    this.#error.textContent = text ?? '';
  }
}
