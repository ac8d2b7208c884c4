// Marks the chapter that plays. The links themselves are the player's.

const links = [...document.querySelectorAll('[data-chapters] a[data-seek]')];
const video = document.querySelector('kinopress-player')?.video;
let marked = null;

function mark() {
  const now = video.currentTime + 0.05; // a seek may land a frame early
  const current = links.findLast((link) => Number(link.dataset.seek) <= now) ?? null;
  if (current === marked) return;
  marked?.removeAttribute('aria-current');
  current?.setAttribute('aria-current', 'true');
  marked = current;
}

for (const name of ['timeupdate', 'seeking', 'loadedmetadata']) video?.addEventListener(name, mark);
