// What those who keep order may do with a message, by the site's API.

import { h } from '../studio/html.js';
import { words } from './words.js';

const minutes = [1, 10, 60];

/** @typedef {(words: string, undo?: { label: string, run: () => void }) => void} Say */

export class Moderation {
  #base;
  #token;

  /** @param {string} live @param {string} token against forgery */
  constructor(live, token) {
    this.#base = `/rest/v1/lives/${encodeURIComponent(live)}/chat`;
    this.#token = token;
  }

  /**
   * @param {any} message
   * @param {{ key: string | null, mayModerate: boolean }} me
   * @param {Say} say
   */
  actionsFor(message, me, say) {
    const run = (method, path, body) => () => this.#call(method, path, body, say);
    const name = message.authorName;
    const isOwn = message.authorKey === me.key;
    const remove = { label: words.remove, icon: 'trash-2', run: run('DELETE', `/messages/${message.id}`) };
    if (!me.mayModerate) return isOwn && me.key && !message.isHeld ? [remove] : [];
    if (message.isHeld) {
      return [
        { label: words.approve, icon: 'check', run: run('PUT', `/held/${message.id}`) },
        { label: words.reject, icon: 'x', run: run('DELETE', `/held/${message.id}`) },
      ];
    }

    const pin = { label: words.pin, icon: 'pin', run: run('PUT', '/pin', { message: message.id }) };
    if (message.authorRole !== 'member') return [pin, remove];
    return [
      pin,
      remove,
      { label: words.purge(name), icon: 'trash-2', run: afterAsking(words.purgeQuestion(name), words.purgeAct, run('DELETE', `/messages/${message.id}/author`)) },
      ...minutes.map((length) => ({ label: words.timeOut(length), icon: 'clock', run: () => this.#keepOut(message, length, say) })),
      { label: words.ban(name), icon: 'ban', run: afterAsking(words.banQuestion(name), words.banAct, () => this.#keepOut(message, null, say)) },
    ];
  }

  async #keepOut(message, length, say) {
    const ban = await this.#call('POST', '/bans', { message: message.id, minutes: length }, say);
    const { authorName: name } = message;
    if (ban) say(length === null ? words.banned(name) : words.timedOut(name, length), { label: words.undo, run: () => this.#letIn(ban.id, name, say) });
  }

  async #letIn(ban, name, say) {
    if (await this.#call('DELETE', `/bans/${ban}`, undefined, say)) say(words.mayWrite(name));
  }

  unpin(say) {
    return this.#call('DELETE', '/pin', undefined, say);
  }

  /** @returns {Promise<any>} what the site answered, `{}` for nothing; null when it refused */
  async #call(method, path, body, say) {
    try {
      const answer = await fetch(this.#base + path, {
        method,
        headers: { 'X-CSRF-TOKEN': this.#token, ...(body ? { 'Content-Type': 'application/json' } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      });
      const told = answer.status === 204 ? {} : await answer.json();
      say(answer.ok ? words.done : (told.detail ?? words.failed));
      return answer.ok ? told : null;
    } catch {
      say(words.failed);
      return null;
    }
  }
}

/**
 * What cannot be taken back asks first. The question lies over everything and gives the keyboard back to the message's menu.
 * @param {string} question @param {string} act what the button says @param {() => void} run
 */
function afterAsking(question, act, run) {
  return () => {
    document.activeElement?.closest('details')?.querySelector('summary')?.focus();
    const dialog = h('dialog', { class: 'chat-question', 'aria-labelledby': 'chat-question' },
      h('form', { method: 'dialog' },
        h('p', { id: 'chat-question', dir: 'auto' }, question),
        h('div', { class: 'chat-question__actions' },
          h('button', { class: 'chat-question__button', value: '' }, words.keep),
          h('button', { class: 'chat-question__button chat-question__button--act', value: 'yes' }, act))));
    dialog.addEventListener('keydown', (event) => event.stopPropagation()); // the player's keys mean nothing here
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (dialog.returnValue === 'yes') run();
    });
    document.body.append(dialog);
    dialog.showModal();
  };
}
