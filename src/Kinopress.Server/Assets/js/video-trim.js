// <trim-fields offset-ms="4000"><form>…</form></trim-fields>
// Puts a button beside each field that takes the moment the preview shows. Without it, one types.

import { clock } from './studio/format.js';
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
        field.value = clock(video.currentTime + Number(this.getAttribute('offset-ms')) / 1000);
        field.focus();
      });
      field.closest('.field').append(button);
    }
  }
}

customElements.define('trim-fields', TrimFields);
