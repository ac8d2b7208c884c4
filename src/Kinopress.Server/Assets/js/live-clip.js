// <live-clip live-url="/rest/v1/lives/{id}" sign-in-url="/login?…" antiforgery-header="…" antiforgery-token="…">
// A button that keeps the last moments of the live on this page as a video. Without a token it says that one signs in first, and leads
// there and back.

import { h, icon } from './studio/html.js';

const lengths = [30, 60, 90]; // seconds

class LiveClip extends HTMLElement {
  connectedCallback() {
    const isSignedIn = this.getAttribute('antiforgery-token');
    this.replaceChildren(isSignedIn
      ? h('button', { class: 'button', type: 'button', onclick: () => this.#ask() }, icon('scissors'), 'Clip')
      : h('a', { class: 'button', href: this.getAttribute('sign-in-url') }, icon('scissors'), 'Sign in to clip'));
    document.addEventListener('kinopress-live', (event) => {
      this.hidden = event.detail.state !== 'live' && event.detail.state !== 'interrupted';
    });
  }

  #ask() {
    // The moment is that of the press, whatever time the words take.
    const shown = document.querySelector('kinopress-player')?.live?.date() ?? null;
    const title = h('input', { class: 'clip-title', id: 'clip-title', maxlength: '200', autocomplete: 'off', placeholder: document.querySelector('h1')?.textContent ?? '' });
    const status = h('p', { class: 'clip-status', role: 'status' });
    const make = h('button', { class: 'button button--primary', type: 'submit' }, 'Make the clip');
    const form = h('form', { class: 'clip-form' },
      h('h2', {}, 'Keep what you just saw'),
      h('fieldset', {},
        h('legend', {}, 'How much of it'),
        h('div', { class: 'clip-lengths' }, ...lengths.map((seconds) => h('label', {}, h('input', { type: 'radio', name: 'length', value: String(seconds), checked: seconds === 30 }), `${seconds} s`)))),
      h('div', { class: 'clip-field' }, h('label', { for: 'clip-title' }, 'Title'), title),
      status,
      h('div', { class: 'clip-actions' }, h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, 'Close'), make));
    const dialog = h('dialog', { class: 'clip-dialog', 'aria-label': 'Clip' }, form);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      make.disabled = true;
      status.replaceChildren(h('progress', { 'aria-label': 'Cutting' }), 'Cutting…');
      const outcome = await this.#make({ end: shown?.toISOString() ?? null, durationSeconds: Number(form.elements.length.value), title: title.value.trim() || null });
      if (outcome.watchUrl) {
        make.remove();
        form.querySelector('fieldset').remove();
        form.querySelector('.clip-field').remove();
        const link = new URL(outcome.watchUrl, location.href).href;
        const copied = h('span', { class: 'clip-copied', role: 'status' });
        const copy = h('button', { class: 'button', type: 'button', onclick: async () => {
          try {
            await navigator.clipboard.writeText(link);
            copied.textContent = 'Copied';
          } catch {
            getSelection()?.selectAllChildren(status.querySelector('a')); // the clipboard is closed to pages without https
          }
        } }, icon('copy'), 'Copy address');
        status.replaceChildren('Your clip is ready. ', h('a', { href: link, target: '_blank' }, link), ' Whoever has this address can watch it.');
        status.after(h('p', { class: 'clip-copy' }, copy, copied));
        status.querySelector('a').focus();
        return;
      }
      make.disabled = false;
      status.textContent = outcome.message;
    });
    dialog.addEventListener('close', () => dialog.remove());
    dialog.addEventListener('keydown', (event) => event.stopPropagation()); // the player's keys mean nothing here
    document.body.append(dialog);
    dialog.showModal();
  }

  async #make(body) {
    try {
      const answer = await fetch(`${this.getAttribute('live-url')}/clips`, {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', [this.getAttribute('antiforgery-header')]: this.getAttribute('antiforgery-token') },
        body: JSON.stringify(body),
      });
      const words = await answer.json();
      if (answer.ok) return words;
      return { message: Object.values(words.errors ?? {}).flat()[0] ?? words.detail ?? words.title ?? 'It did not work. Try again.' };
    } catch {
      return { message: 'The connection to this site was lost. Try again.' };
    }
  }
}

customElements.define('live-clip', LiveClip);
