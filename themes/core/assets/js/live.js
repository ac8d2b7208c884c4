// The page of a live: counts down to its moment in the visitor's own time, and loads again when the live starts. While the player
// is there, that knows what becomes of the live, shows it, and tells it here. Without scripts the page says when in words, and reloading it shows what has become of it.

const page = document.querySelector('[data-live]');
const clock = document.querySelector('[data-countdown]');
const pause = 3000;
const patience = 40_000; // the site answers when something has changed, or after 25 s
const heldFor = 20_000; // longer than a site takes that only is slow
const isEmbedded = window.top !== window; // a page of many of them has few connections to the site
const shortestStay = 1500;
let isLeaving = false;

if (clock) {
  const at = new Date(clock.dateTime);
  const moment = at.toLocaleString(document.documentElement.lang || undefined, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
  const words = document.createElement('span');
  const digits = document.createElement('span');
  words.className = 'live-countdown__moment';
  words.textContent = moment;
  digits.className = 'live-countdown__digits';
  digits.setAttribute('aria-hidden', 'true'); // a number that changes each second is no news
  clock.replaceChildren(digits, words);
  const show = () => {
    const seconds = Math.ceil((at.getTime() - Date.now()) / 1000);
    digits.textContent = seconds > 0 ? text(seconds) : clock.dataset.soon;
  };
  show();
  setInterval(show, 1000);
}

if (page?.querySelector('kinopress-player[live]')) page.addEventListener('kinopress-live', (event) => tell(event.detail));
else if (page) setTimeout(look, Math.random() * 1000);

/** `2:03:04`, or `3 d 02:03` beyond a day. */
function text(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** @param {{ state: string, title?: string, viewers: number }} live */
function tell({ state, title, viewers }) {
  if (state === 'waiting' || state === 'idle') return loadAgain(); // it was a rehearsal
  const isOnAir = state === 'live' || state === 'interrupted';
  rename(title);
  const badge = page.querySelector('[data-on-air]');
  const watching = page.querySelector('[data-viewers]');
  if (badge) badge.hidden = !isOnAir;
  if (!watching) return;
  watching.hidden = !isOnAir || viewers < 1;
  watching.textContent = `${viewers.toLocaleString(document.documentElement.lang || undefined)} ${watching.dataset.viewers}`;
}

/** What the live is called from now on, also in the tab. */
function rename(title) {
  const heading = page.querySelector('h1');
  const before = heading?.textContent.trim();
  if (!title || !before || title === before) return;
  heading.textContent = title;
  document.title = document.title.replace(before, () => title);
}

async function look() {
  if (document.visibilityState !== 'hidden') {
    const asked = performance.now();
    const isHeld = !isEmbedded && page.dataset.liveState !== 'ended'; // it may never start again
    try {
      const answer = await fetch(`/rest/v1/lives/${encodeURIComponent(page.dataset.live)}${isHeld ? `?changedFrom=${encodeURIComponent(page.dataset.liveState)}` : ''}`, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(patience) });
      if (answer.ok && isAnotherPage((await answer.json()).state)) return loadAgain();
      if (answer.ok && performance.now() - asked > heldFor) return setTimeout(look, Math.random() * 1000);
    } catch {
      // Offline, or the site restarts: look again.
    }
  }
  setTimeout(look, pause);
}

/** Once: asking again while the page loads would begin anew each time. Not at once after the last, should the site send an old page. */
function loadAgain() {
  if (isLeaving) return;
  isLeaving = true;
  setTimeout(() => location.reload(), Math.max(0, shortestStay - performance.now()));
}

/** An interruption is no page of its own. */
function isAnotherPage(state) {
  const kind = (name) => (name === 'interrupted' ? 'live' : name);
  return kind(state) !== kind(page.dataset.liveState);
}
