// Parts what was said in an earlier broadcast from what is said in this one.

import { h } from '../studio/html.js';

/** @param {{ startedAt: string, until: string }} earlier */
export function dividers({ startedAt, until }) {
  const at = new Date(startedAt);
  const isThisYear = at.getFullYear() === new Date().getFullYear();
  const day = at.toLocaleDateString(document.documentElement.lang || undefined, { day: 'numeric', month: 'short', year: isThisYear ? undefined : 'numeric' });
  return { until: new Date(until).getTime(), before: divider(`Earlier broadcast, ${day}`), after: divider('This broadcast') };
}

function divider(text) {
  return h('li', { class: 'chat__divider' }, h('span', {}, text));
}
