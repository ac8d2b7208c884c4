// What the controls of a live show: the badge that leads back to the edge, the bar to rewind with, how far behind one is.

const smallestWindow = 20; // seconds; with less there is nothing to rewind to
const nearEdge = 4; // seconds behind the edge that still count as live

const markup = `
<div class="kp-dvr" hidden>
  <input type="range" min="0" step="any" aria-label="Rewind">
  <output class="kp-dvr-preview" aria-hidden="true"></output>
</div>`;

const buttons = `
<button type="button" class="kp-live">Live</button>
<span class="kp-behind"></span>
<span class="kp-latency"></span>`;

/**
 * @param {HTMLElement} controller
 * @param {{ seek(time: number): void, toEdge(): void, range(): { start: number, edge: number } | null }} live
 * @param {AbortSignal} signal
 */
export function buildLiveBar(controller, live, signal) {
  controller.querySelector('.kp-seek').outerHTML = markup;
  controller.querySelector('media-time-display').outerHTML = buttons;
  controller.querySelector('media-playback-rate-menu').closest('media-settings-menu-item').remove(); // the edge has one speed
  const dvr = controller.querySelector('.kp-dvr');
  const bar = dvr.querySelector('input');
  const preview = dvr.querySelector('output');
  const badge = controller.querySelector('.kp-live');
  const behind = controller.querySelector('.kp-behind');
  const latency = controller.querySelector('.kp-latency');
  let isDragging = false;

  badge.addEventListener('click', () => live.toEdge(), { signal });
  bar.addEventListener('pointerdown', () => {
    isDragging = true;
  }, { signal });
  for (const name of ['pointerup', 'pointercancel', 'change']) {
    bar.addEventListener(name, () => {
      isDragging = false;
    }, { signal });
  }
  bar.addEventListener('input', () => draw(Number(bar.value)), { signal });
  bar.addEventListener('change', () => choose(Number(bar.value)), { signal });
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 }[event.key];
    if (!step && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'End') live.toEdge();
    else choose(event.key === 'Home' ? 0 : Number(bar.value) + step);
  }, { signal });
  dvr.addEventListener('pointermove', (event) => {
    const box = bar.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    preview.textContent = minus(Number(bar.max) * (1 - share));
    dvr.style.setProperty('--pointer', String(share));
  }, { signal });

  function choose(value) {
    const range = live.range();
    if (!range) return;
    const time = range.start + Math.max(0, value);
    if (range.edge - time < nearEdge / 2) live.toEdge();
    else live.seek(time);
  }

  function draw(value) {
    const left = Math.max(0, Number(bar.max) - value);
    bar.style.setProperty('--fill', `${Number(bar.max) > 0 ? (100 * value) / Number(bar.max) : 100}%`);
    bar.setAttribute('aria-valuetext', left < nearEdge ? 'Live' : `${phrase(left)} behind live`);
  }

  return {
    /**
     * @param {object} now
     * @param {number} now.time of the picture
     * @param {boolean} now.canRewind
     * @param {boolean} now.isOnAir
     * @param {boolean} now.isWaiting nothing moves: the picture is paused or missing
     * @param {number | null} now.latency
     */
    show({ time, canRewind, isOnAir, isWaiting, latency: delay }) {
      const range = live.range();
      const size = range ? range.edge - range.start : 0;
      dvr.hidden = !canRewind || size < smallestWindow;
      const late = range ? range.edge - time : 0;
      const isLive = isOnAir && !isWaiting && late < nearEdge;
      badge.classList.toggle('is-live', isLive);
      badge.disabled = !isOnAir;
      label(badge, isLive ? 'Live. You see what is happening now' : 'Go to live');
      write(behind, isOnAir && !isLive && late >= 1 ? minus(late) : '');
      write(latency, isLive && delay !== null && delay < 60 ? `${delay.toFixed(1)} s delay` : '');
      if (range && !isDragging) {
        bar.max = String(size);
        bar.value = String(Math.min(size, Math.max(0, time - range.start)));
        draw(isLive ? size : Number(bar.value));
      }
    },
  };
}

function label(element, text) {
  if (element.getAttribute('aria-label') !== text) element.setAttribute('aria-label', text);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const two = (number) => String(number).padStart(2, '0');

/** `−1:05`, `−2:03:04` */
function minus(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return `−${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

function phrase(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', `${whole % 60} s`].filter(Boolean).join(' ');
}
