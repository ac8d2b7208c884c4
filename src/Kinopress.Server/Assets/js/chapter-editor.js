// <chapter-editor offset-ms="4000"><form>… a textarea with a chapter a line …</form></chapter-editor>
// Puts a button below that begins a line at the moment the preview shows. Without it, one types.

import { clock } from './studio/format.js';
import { h, icon } from './studio/html.js';

class ChapterEditor extends HTMLElement {
  connectedCallback() {
    if (this.querySelector('.chapter-now')) return;
    const lines = this.querySelector('textarea');
    lines.closest('.field').append(
      h('button', { type: 'button', class: 'button button-quiet chapter-now', onclick: () => this.#add(lines) }, icon('clock'), 'Add at current position'));
  }

  /** @param {HTMLTextAreaElement} lines */
  #add(lines) {
    const video = document.querySelector('kinopress-player video');
    if (!video) return;
    const second = Math.floor(video.currentTime + Number(this.getAttribute('offset-ms')) / 1000);
    const before = lines.value.split('\n');
    const same = before.findIndex((line) => secondOf(line) === second);
    const next = before.findIndex((line) => secondOf(line) > second);
    const at = same >= 0 ? same : next >= 0 ? next : before.at(-1)?.trim() ? before.length : before.length - 1;
    if (same < 0) {
      // The line where one would type next is used up; others move down.
      before.splice(at, next < 0 && at < before.length ? 1 : 0, `${clock(second)} `);
      lines.value = before.join('\n');
      lines.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const end = before.slice(0, at + 1).join('\n').length;
    lines.focus();
    lines.setSelectionRange(end, end);
  }
}

/** @param {string} line @returns {number} when it starts; NaN for a line without a time */
function secondOf(line) {
  const time = /(?:\d+:)?\d+:\d\d/.exec(line.slice(0, 20))?.[0] ?? '';
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), time ? 0 : NaN);
}

customElements.define('chapter-editor', ChapterEditor);
