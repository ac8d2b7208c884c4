// A card under the mouse runs through its storyboard. Not for touch, and not for people who asked for less motion.

const patience = 350; // milliseconds over a card before it moves
const pace = 600; // milliseconds a picture
const most = 12; // pictures

/** @param {string} url of a WebVTT storyboard @returns {Promise<{ sheet: string, x: number, y: number, width: number, height: number }[]>} */
async function tilesOf(url) {
  const response = await fetch(url);
  if (!response.ok) return [];
  const cues = [...(await response.text()).matchAll(/^(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/gm)];
  const step = Math.max(1, cues.length / most);
  return Array.from({ length: Math.min(cues.length, most) }, (_, index) => cues[Math.floor(index * step)])
    .map(([, sheet, x, y, width, height]) => ({ sheet: new URL(sheet, response.url).href, x: Number(x), y: Number(y), width: Number(width), height: Number(height) }));
}

/** @param {HTMLElement} picture @param {AbortSignal} signal */
async function run(picture, signal) {
  const tiles = await tilesOf(picture.dataset.storyboard).catch(() => []);
  if (tiles.length < 2 || signal.aborted) return;
  const canvas = document.createElement('canvas');
  canvas.className = 'card__preview';
  canvas.ariaHidden = 'true';
  Object.assign(canvas, { width: tiles[0].width, height: tiles[0].height });
  const sheets = new Map();
  signal.addEventListener('abort', () => canvas.remove(), { once: true });
  for (let index = 0; !signal.aborted; index = (index + 1) % tiles.length) {
    const { sheet, x, y, width, height } = tiles[index];
    if (!sheets.has(sheet)) sheets.set(sheet, Object.assign(new Image(), { src: sheet }));
    await sheets.get(sheet).decode();
    canvas.getContext('2d').drawImage(sheets.get(sheet), x, y, width, height, 0, 0, canvas.width, canvas.height);
    if (!canvas.isConnected && !signal.aborted) picture.firstElementChild.after(canvas);
    await new Promise((resolve) => setTimeout(resolve, pace));
  }
}

for (const picture of document.querySelectorAll('[data-storyboard]')) {
  const card = picture.closest('.card');
  let over = new AbortController();
  card.addEventListener('pointerenter', (event) => {
    if (event.pointerType !== 'mouse' || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    over = new AbortController();
    const { signal } = over;
    setTimeout(() => signal.aborted || run(picture, signal).catch(() => over.abort()), patience);
  });
  card.addEventListener('pointerleave', () => over.abort());
}
