// <kinopress-chat>: the chat of a live, or of the replay it left. A light-DOM element, drawn around what the page already shows to
// visitors without scripts. All text of people goes in by textContent.
//
//   <kinopress-chat live="PublicId" mode="live" send-url="/chat/…" sign-in-url="/login?…" antiforgery-token="…">…</kinopress-chat>
//   <kinopress-chat video="PublicId" mode="replay">…</kinopress-chat>            follows the <video> of the page
//   <kinopress-chat live="PublicId" mode="overlay" fade="20">…</kinopress-chat>  for broadcasting software: reads, never writes

import { h, icon } from './studio/html.js';
import { MessageList } from './chat/list.js';
import { Composer } from './chat/composer.js';
import { Moderation } from './chat/moderation.js';
import { connectRoom } from './chat/room.js';
import { withEmotes } from './chat/emotes.js';
import { followVideo } from './chat/replay.js';
import { floatReactions } from './chat/reactions.js';
import { words } from './chat/words.js';

const longSaying = 4000; // milliseconds
const longUndo = 10_000;

class KinopressChat extends HTMLElement {
  /** @type {AbortController | null} */
  #life = null;
  /** @type {MessageList} */
  #list;
  /** @type {Composer | null} */
  #composer = null;
  #moderation = new Moderation(this.getAttribute('live') ?? '', this.getAttribute('antiforgery-token') ?? '');
  #pinnedMessage = null;
  #pinned = h('div', { class: 'chat__pinned', hidden: true });
  #status = h('p', { class: 'chat__status', role: 'status', hidden: true });
  #connection = '';
  #sayingTimer = 0;
  #hearts = h('div', { class: 'chat__hearts', 'aria-hidden': 'true' });
  #me = { isSignedIn: false, name: null, key: null, mayModerate: false };

  connectedCallback() {
    if (this.#life) return;
    this.#life = new AbortController();
    const mode = this.getAttribute('mode') ?? 'live';
    this.#list = new MessageList({
      isOverlay: mode === 'overlay',
      fadeAfterSeconds: Number(this.getAttribute('fade')) || 0,
      onReply: (message) => this.#composer?.replyTo(message),
      menuOf: (message) => this.#moderation.actionsFor(message, this.#me, (...what) => this.#say(...what)),
    });
    this.classList.add('chat', `chat--${mode}`);
    this.replaceChildren(...this.#parts(mode));
    this.#list.onUnread = (count) => this.#list.showUnread(count);
    if (mode === 'replay') this.#replay();
    else this.#connect(mode);
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#life?.abort();
      this.#life = null;
    });
  }

  /** @param {string} mode */
  #parts(mode) {
    if (mode === 'overlay') return [this.#pinned, this.#list.element, this.#hearts];
    const popOut = this.getAttribute('popout-url');
    const head = h('div', { class: 'chat__head' },
      h('h2', { class: 'chat__title' }, mode === 'replay' ? words.replayTitle : words.title),
      popOut ? h('a', { class: 'chat__tool', href: popOut, target: '_blank', rel: 'noopener', 'aria-label': words.popOut, title: words.popOut }, icon('external-link')) : null);
    return [head, this.#pinned, this.#list.element, this.#status, this.#hearts];
  }

  #connect(mode) {
    const room = connectRoom(this.getAttribute('live') ?? '', {
      signal: this.#life.signal,
      onEvents: (events) => events.forEach((event) => this.#happen(event, room, mode)),
      onState: (state, code) => this.#stateChanged(state, code),
    });
  }

  #replay() {
    this.#list.showEmpty(words.replayEmpty);
    const video = () => document.querySelector('kinopress-player')?.video ?? document.querySelector('video');
    followVideo(this.getAttribute('video') ?? '', video, this.#list, this.#life.signal);
  }

  /**
   * @param {{ type: string, [name: string]: any }} event
   * @param {ReturnType<typeof connectRoom>} room
   * @param {string} mode
   */
  #happen(event, room, mode) {
    switch (event.type) {
      case 'welcome':
        this.#me = event;
        this.#list.me = { key: event.key, name: event.name };
        break;
      case 'snapshot':
        this.#list.reset(mode === 'overlay' ? event.messages.slice(-10) : event.messages, mode === 'overlay' ? null : event.earlier);
        this.#pin(event.pinned);
        if (mode === 'live') this.#openComposer(event, room);
        this.#composer?.setSiteEmotes(event.siteEmotes);
        this.#composer?.setRules(event.rules, this.#me);
        break;
      case 'message':
        this.#composer?.arrived(event.message);
        this.#list.add(event.message);
        break;
      case 'held':
        if (this.#me.mayModerate) this.#list.add({ ...event.message, isHeld: true });
        break;
      case 'settled':
        this.#list.drop(event.id);
        break;
      case 'deleted':
        this.#list.remove((message) => message.id === event.id);
        break;
      case 'purged':
        this.#list.remove((message) => message.authorKey === event.authorKey);
        break;
      case 'cleared':
        this.#list.remove(() => true);
        break;
      case 'pinned':
        this.#pin(event.message);
        break;
      case 'rules':
        this.#composer?.setRules(event.rules, this.#me);
        break;
      case 'restriction':
        this.#me = { ...this.#me, restriction: event.restriction };
        this.#composer?.setRestriction(event.restriction);
        break;
      case 'emotes':
        this.#composer?.setSiteEmotes(event.siteEmotes);
        this.#list.redraw(event.siteEmotes);
        this.#pin(this.#pinnedMessage && { ...this.#pinnedMessage, emotes: event.siteEmotes });
        break;
      case 'reactions':
        floatReactions(this.#hearts, event.counts);
        break;
      case 'resync':
        room.reconnect();
        break;
    }
  }

  #openComposer(snapshot, room) {
    if (this.#composer) return;
    this.#composer = new Composer({
      room,
      list: this.#list,
      emotes: snapshot.emotes,
      reactions: snapshot.reactions,
      signInUrl: this.getAttribute('sign-in-url') ?? '/login',
      onReaction: (reaction) => floatReactions(this.#hearts, { [reaction]: 1 }),
    });
    this.append(this.#composer.element);
  }

  #pin(message) {
    this.#pinnedMessage = message;
    this.#pinned.hidden = !message;
    if (!message) {
      this.#pinned.replaceChildren();
      return;
    }

    const unpin = this.#me.mayModerate
      ? h('button', { type: 'button', class: 'chat__tool', 'aria-label': words.unpin, onclick: () => this.#moderation.unpin((...what) => this.#say(...what)) }, icon('pin-off'))
      : null;
    const text = h('p', { dir: 'auto' });
    text.append(h('strong', {}, message.authorName), ' ', ...withEmotes(message.text, message.emotes));
    this.#pinned.replaceChildren(icon('pin'), text, ...(unpin ? [unpin] : []));
  }

  /** @param {'connecting' | 'open' | 'lost' | 'refused'} state */
  #stateChanged(state, code) {
    this.toggleAttribute('offline', state !== 'open');
    this.#composer?.setConnected(state === 'open');
    this.#connection = { connecting: words.connecting, open: '', lost: words.lost, refused: words.refusals[code] ?? words.refused }[state];
    clearTimeout(this.#sayingTimer);
    this.#show(this.#connection);
  }

  /** Says something for a moment, then again how the connection is. @type {import('./chat/moderation.js').Say} */
  #say(text, undo) {
    clearTimeout(this.#sayingTimer);
    this.#show(text, undo);
    this.#sayingTimer = setTimeout(() => this.#show(this.#connection), undo ? longUndo : longSaying);
  }

  #show(text, undo) {
    const button = undo ? h('button', { type: 'button', class: 'chat__undo', onclick: undo.run }, undo.label) : null;
    this.#status.hidden = text === '';
    this.#status.replaceChildren(...[text, button].filter(Boolean));
  }
}

customElements.define('kinopress-chat', KinopressChat);
