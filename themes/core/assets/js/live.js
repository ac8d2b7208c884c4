// The page of a live: counts down to its moment in the visitor's own time, and when the live starts gives the player its address.
// Nothing is loaded again: what somebody has typed and how far the page is scrolled stays. While the player is on air, that knows what
// becomes of the live and tells it here. Without scripts the page says when in words, and loading it again shows what has become of it.

const page = document.querySelector('[data-live]');
const player = page?.querySelector('kinopress-player');
const card = page?.querySelector('[data-live-card]');
const clock = card?.querySelector('[data-countdown]');
const language = document.documentElement.lang || undefined;
const pause = 3000;
const patience = 40_000; // the site answers when something has changed, or after 25 s
const heldFor = 20_000; // longer than a site takes that only is slow
const longestStart = 4000; // then whoever waits sees what the player says
const isEmbedded = window.top !== window; // a page of many of them has few connections to the site
let shown = kindOf(page?.dataset.liveState); // what the page says the live is
let isLooking = false;

if (page && player && card) {
  for (const text of card.querySelectorAll('[data-scripted]')) text.hidden = false;
  if (clock?.dateTime) count(clock);
  page.addEventListener('kinopress-live', (event) => tell(event.detail));
  if (shown !== 'live') setTimeout(look, Math.random() * 1000);
  if (shown === 'waiting' || shown === 'idle') player.prepare();
}

/** An interruption is no page of its own. */
function kindOf(state) {
  return state === 'interrupted' ? 'live' : state;
}

/** Counts down to the moment of an element. */
function count(element) {
  const words = document.createElement('span');
  const digits = document.createElement('span');
  words.className = 'live-countdown__moment';
  digits.className = 'live-countdown__digits';
  digits.setAttribute('aria-hidden', 'true'); // a number that changes each second is no news
  element.replaceChildren(digits, words);
  const show = () => {
    const at = new Date(element.dateTime);
    const moment = at.toLocaleString(language, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
    const seconds = Math.ceil((at.getTime() - Date.now()) / 1000);
    if (words.textContent !== moment) words.textContent = moment;
    digits.textContent = seconds > 0 ? text(seconds) : element.dataset.soon;
  };
  show();
  setInterval(show, 1000);
}

/** `2:03:04`, or `3 d 02:03` beyond a day. */
function text(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** What the player has learnt. @param {{ state: string, title?: string, viewers: number, replay: string | null }} live */
function tell(live) {
  const kind = kindOf(live.state);
  if (kind === 'live' && shown !== 'live') reveal(live);
  else if (shown === 'live' && (kind === 'waiting' || kind === 'idle')) wait(live); // it was a rehearsal
  else mark(live);
}

/** Title, badge, since when, and how many watch. */
function mark({ state, title, viewers, startedAt, endedAt }) {
  const isOnAir = kindOf(state) === 'live';
  rename(title);
  date(isOnAir, isOnAir ? startedAt : endedAt);
  for (const part of page.querySelectorAll('[data-on-air]')) part.hidden = !isOnAir;
  const watching = page.querySelector('[data-viewers]');
  if (!watching) return;
  watching.hidden = !isOnAir || viewers < 1;
  watching.textContent = `${viewers.toLocaleString(language)} ${watching.dataset.viewers}`;
}

function date(isOnAir, at) {
  const aired = page.querySelector('[data-aired]');
  if (!aired || !at) return;
  const [label, time] = aired.children;
  label.textContent = isOnAir ? aired.dataset.on : aired.dataset.off;
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** What the live is called from now on, also in the tab. */
function rename(title) {
  const heading = page.querySelector('h1');
  const before = heading?.textContent.trim();
  if (!title || !before || title === before) return;
  heading.textContent = title;
  document.title = document.title.replace(before, () => title);
}

/** When it is to start. */
function plan(live) {
  if (!clock || !live.scheduledAt) return;
  const isNew = !clock.dateTime;
  clock.dateTime = live.scheduledAt;
  if (isNew) count(clock);
}

/** Lies over the player until the live starts. */
function wait(live) {
  shown = live.state;
  mark(live);
  for (const part of card.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== live.state;
  plan(live);
  const replay = card.querySelector('[data-replay]');
  replay.hidden = !live.replay;
  card.querySelector('[data-no-replay]').hidden = Boolean(live.replay);
  if (live.replay) replay.querySelector('a').href = `/watch/${live.replay}`;
  card.hidden = false;
  player.inert = true;
  player.video?.pause();
  if (!isLooking) void look();
}

/** The live is on air: the card gives way to its first picture, or to what the player says instead. */
function reveal(live) {
  shown = 'live';
  mark(live);
  const shows = new AbortController();
  const show = () => {
    shows.abort();
    if (shown !== 'live') return;
    card.hidden = true;
    player.inert = false;
  };
  const { signal } = shows;
  for (const name of ['loadeddata', 'playing']) player.video.addEventListener(name, show, { signal });
  setTimeout(() => !signal.aborted && show(), longestStart);
}

async function look() {
  isLooking = shown !== 'live';
  if (!isLooking) return;
  let next = pause;
  if (document.visibilityState !== 'hidden') {
    const asked = performance.now();
    const isHeld = !isEmbedded && shown !== 'ended'; // it may never start again
    try {
      const answer = await fetch(`/rest/v1/lives/${encodeURIComponent(page.dataset.live)}${isHeld ? `?changedFrom=${encodeURIComponent(shown)}` : ''}`, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(patience) });
      const live = answer.ok ? await answer.json() : null;
      if (live && kindOf(live.state) === 'live' && live.playback.hlsUrl) {
        if (shown !== 'live') reveal(live);
        player.goLive(live.playback.hlsUrl);
      } else if (live && live.state !== shown) {
        wait(live);
      } else if (live) {
        mark(live); // it may be called something else by now, or planned for another moment
        plan(live);
      }
      if (live && performance.now() - asked > heldFor) next = Math.random() * 1000;
    } catch {
      // Offline, or the site restarts: look again.
    }
  }
  setTimeout(look, next);
}
