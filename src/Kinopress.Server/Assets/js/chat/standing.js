// What somebody is told whom a moderator keeps from writing.

const banned = 'You may not write in this channel\'s chat any more.';

/**
 * @param {{ until: string | null }} restriction
 * @returns {string}
 */
export function standingOf({ until }) {
  if (!until) return banned;
  const at = new Date(until);
  const isToday = at.toDateString() === new Date().toDateString();
  const moment = at.toLocaleString(document.documentElement.lang || undefined, isToday ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  return `A moderator asked you to pause. You may write again ${isToday ? 'at' : 'on'} ${moment}.`;
}

/** @param {{ until: string | null } | null} restriction @returns {boolean} */
export const holds = (restriction) => Boolean(restriction) && (!restriction.until || new Date(restriction.until).getTime() > Date.now());
