// Hearts that rise and vanish: a few for many, none for those who want no motion.

import { h } from '../studio/html.js';

const most = 12;

/**
 * @param {HTMLElement} place
 * @param {Record<string, number>} counts
 */
export function floatReactions(place, counts) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [reaction, count] of Object.entries(counts)) {
    const shown = Math.min(most, Math.ceil(Math.sqrt(count)));
    for (let number = 0; number < shown && place.childElementCount < 40; number++) {
      const heart = h('span', { class: 'chat__heart' }, reaction);
      heart.style.insetInlineStart = `${5 + Math.random() * 85}%`;
      heart.style.animationDelay = `${Math.random() * 900}ms`;
      heart.addEventListener('animationend', () => heart.remove());
      place.append(heart);
    }
  }
}
