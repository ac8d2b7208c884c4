// The list of messages: keeps to the end while nobody scrolls or points at it, and counts what is new otherwise.

import { h } from '../studio/html.js';
import { withEmotes } from './emotes.js';
import { drawMessage } from './message.js';
import { dividers } from './divider.js';
import { words } from './words.js';

const most = 300;
const nearEnd = 48;

export class MessageList {
  element = h('div', { class: 'chat__body' });
  me = { key: null, name: null };
  onUnread = (_count) => {};
  #log = h('ol', { class: 'chat__log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-label': words.log, tabindex: '0' });
  #empty = h('p', { class: 'chat__empty' }, words.empty);
  #unread = h('button', { type: 'button', class: 'chat__unread', hidden: true });
  /** @type {Map<string, { message: any, element: HTMLElement }>} */
  #shown = new Map();
  #options;
  /** What parts an earlier broadcast from this one; null when everything shown is of this one. @type {{ until: number, before: HTMLElement, after: HTMLElement } | null} */
  #earlier = null;
  #isPointedAt = false;
  #isScrolledUp = false;
  #unreadCount = 0;

  /** @param {{ isOverlay?: boolean, fadeAfterSeconds?: number, onReply?: (message: any) => void, menuOf?: (message: any) => any[] }} options */
  constructor(options) {
    this.#options = options;
    if (options.isOverlay) this.#log.removeAttribute('tabindex');
    this.element.append(this.#empty, this.#log, this.#unread);
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#log.addEventListener('pointerenter', (event) => (this.#isPointedAt = event.pointerType === 'mouse'));
    this.#log.addEventListener('pointerleave', () => {
      this.#isPointedAt = false;
      if (!this.#isScrolledUp) this.#toEnd();
    });
    this.#unread.addEventListener('click', () => this.follow());
  }

  get isPaused() {
    return !this.#options.isOverlay && (this.#isScrolledUp || this.#isPointedAt);
  }

  /** Goes to the end, whatever held it up. */
  follow() {
    this.#isPointedAt = false;
    this.#toEnd();
  }

  /** @param {any[]} messages @param {{ startedAt: string, until: string } | null} [earlier] broadcast before the one the chat is about */
  reset(messages, earlier = null) {
    const pending = [...this.#shown.values()].filter((shown) => shown.message.isPending);
    this.#shown.clear();
    this.#log.replaceChildren();
    // A whole room read out at once would drown everything else.
    this.#log.setAttribute('aria-live', 'off');
    this.#earlier = earlier && messages.some((message) => new Date(message.sentAt) <= new Date(earlier.until)) ? dividers(earlier) : null;
    if (this.#earlier) this.#log.append(this.#earlier.before, this.#earlier.after);
    for (const message of [...messages, ...pending.map((shown) => shown.message)]) this.#insert(message);
    setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 500);
    this.#showEmptiness();
    this.#toEnd();
  }

  add(message) {
    if (this.#shown.has(message.id)) {
      if (message.isHeld) return;
      this.drop(message.id);
    }

    this.#insert(message);
    this.#showEmptiness();
    if (this.isPaused) {
      this.#unreadCount++;
      this.onUnread(this.#unreadCount);
    } else {
      this.#trim();
      this.#toEnd();
    }
  }

  /** Takes it away without a trace. */
  drop(id) {
    this.#shown.get(id)?.element.remove();
    this.#shown.delete(id);
    this.#showEmptiness();
  }

  /** Leaves a mark where a message was, so that nobody wonders. */
  remove(which) {
    for (const [id, { message, element }] of this.#shown) {
      if (!which(message)) continue;
      if (this.#options.isOverlay || message.isHeld) {
        this.drop(id);
        continue;
      }

      element.className = 'chat__message chat__message--deleted';
      element.replaceChildren(h('span', {}, words.deleted));
      this.#shown.set(id, { message: { id, sentAt: message.sentAt }, element });
    }
  }

  /** The site has other emotes: what is shown names those. @param {import('./emotes.js').Emote[]} emotes */
  redraw(emotes) {
    for (const [id, { message, element }] of this.#shown) {
      if (!message.text?.includes(':')) continue;
      element.querySelector('.chat__text')?.replaceChildren(...withEmotes(message.text, emotes));
      this.#shown.set(id, { message: { ...message, emotes }, element });
    }

    if (!this.isPaused) this.#toEnd();
  }

  /** @param {number} count */
  showUnread(count) {
    this.#unread.hidden = count === 0;
    this.#unread.textContent = words.unread(count);
  }

  /** @param {string} text */
  showEmpty(text) {
    this.#empty.textContent = text;
  }

  #insert(message) {
    const answered = message.replyTo ? this.#shown.get(message.replyTo)?.message : null;
    const element = drawMessage(message, { me: this.me, answered, onReply: this.#options.isOverlay ? null : this.#options.onReply, menuOf: this.#options.menuOf });
    const later = [...this.#shown.values()].reverse().find((shown) => shown.message.sentAt <= message.sentAt);
    const isEarlier = this.#earlier !== null && new Date(message.sentAt) <= this.#earlier.until;
    if (message.isPending || (this.#shown.size === 0 && !isEarlier)) this.#log.append(element);
    else if (later && (isEarlier || later.element.nextElementSibling !== this.#earlier?.after)) later.element.after(element);
    else if (later) this.#earlier.after.after(element);
    else if (isEarlier) this.#earlier.before.after(element);
    else this.#log.prepend(element);
    this.#shown.set(message.id, { message, element });
    if (this.#options.fadeAfterSeconds > 0) setTimeout(() => element.classList.add('chat__message--faded'), this.#options.fadeAfterSeconds * 1000);
  }

  #trim() {
    for (const id of this.#shown.keys()) {
      if (this.#shown.size <= most) break;
      this.drop(id);
    }
  }

  #scrolled() {
    this.#isScrolledUp = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight > nearEnd;
    if (!this.#isScrolledUp) this.#read();
  }

  #toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#isScrolledUp = false;
    this.#read();
  }

  #read() {
    this.#unreadCount = 0;
    this.showUnread(0);
  }

  #showEmptiness() {
    this.#empty.hidden = this.#shown.size > 0;
  }
}
