// <trim-fields offset-ms="4000"><form>…</form></trim-fields>
// Puts a button beside each field that takes the moment the preview shows. Without it, one types.

import { h, icon } from './studio/html.js';

class TrimFields extends HTMLElement {
  connectedCallback() {
    if (this.querySelector('.trim-now')) return;
    for (const [name, words] of [['trimFrom', 'Start here'], ['trimTo', 'End here']]) {
      const field = this.querySelector(`[name="${name}"]`);
      const button = h('button', { type: 'button', class: 'button button-quiet trim-now' }, icon('clock'), words);
      button.addEventListener('click', () => {
        const video = document.querySelector('kinopress-player video');
        if (!video) return;
        field.value = this.#text(video.currentTime + Number(this.getAttribute('offset-ms')) / 1000);
        field.focus();
      });
      field.closest('.field').append(button);
    }
  }

  /** `1:02:03.5`, in tenths of a second. */
  #text(seconds) {
    const tenths = Math.round(seconds * 10);
    const [whole, rest] = [Math.floor(tenths / 10), tenths % 10];
    const two = (number) => String(number).padStart(2, '0');
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
    const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    return rest > 0 ? `${clock}.${rest}` : clock;
  }
}

customElements.define('trim-fields', TrimFields);
