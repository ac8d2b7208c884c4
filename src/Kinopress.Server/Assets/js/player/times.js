// <a href="?t=65" data-seek="65">1:05</a> anywhere on the page: the first player goes there instead of loading the page again.

/**
 * @param {HTMLElement & { seek(seconds: number): void }} player
 * @param {AbortSignal} signal
 */
export function followTimes(player, signal) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-seek]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (document.querySelector('kinopress-player') !== player) return;
    event.preventDefault();
    player.seek(Number(link.dataset.seek));
    player.scrollIntoView({ block: 'nearest' });
  }, { signal });
}
