// <password-field minimum="12"><input type="password">…</password-field>: a button that shows what is typed, and, when
// `minimum` is given, a hint that grows with it. Length counts; rules about signs do not.

import { h, icon } from './html.js';

class PasswordField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input');
    const button = h('button', { type: 'button', class: 'password-toggle', 'aria-label': 'Show password', 'aria-pressed': 'false' }, icon('eye'));
    button.addEventListener('click', () => {
      const isShown = input.type === 'password';
      input.type = isShown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(isShown));
      button.replaceChildren(icon(isShown ? 'eye-off' : 'eye'));
      input.focus();
    });
    input.after(button);
    const minimum = Number(this.getAttribute('minimum'));
    if (minimum > 0) this.#addHint(input, minimum);
  }

  #addHint(input, minimum) {
    const meter = h('span', { class: 'password-meter', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i'));
    const words = h('span', { class: 'password-words', role: 'status' });
    this.append(h('span', { class: 'password-strength' }, meter, words));
    input.addEventListener('input', () => {
      const missing = minimum - [...input.value].length;
      const variety = new Set(input.value).size;
      const score = input.value === '' ? 0 : missing > 0 || variety < 5 ? 1 : variety < 9 ? 2 : [...input.value].length < minimum + 6 ? 3 : 4;
      this.dataset.score = String(score);
      words.textContent = score === 0 ? '' : missing > 0 ? `${missing} more ${missing === 1 ? 'character' : 'characters'}`
        : ['', 'Too repetitive', 'Fair', 'Good', 'Strong'][score];
    });
  }
}

customElements.define('password-field', PasswordField);
