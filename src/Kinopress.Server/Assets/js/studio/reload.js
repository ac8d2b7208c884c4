// Loads the page again, but not while somebody types, watches or is being asked something.

/**
 * @param {Element} root holds a [data-stale] line that offers it instead
 * @param {{ evenWhileWatching?: boolean }} [options]
 * @returns {boolean} true when the page loads again
 */
export function reloadGently(root, { evenWhileWatching = false } = {}) {
  const isTyping = [...document.querySelectorAll('form[data-guard]')].some((form) => form.dataset.dirty === 'true');
  const isWatching = !evenWhileWatching && [...document.querySelectorAll('video')].some((video) => !video.paused);
  const isAsked = document.querySelector('dialog[open], details.menu[open]') !== null;
  if (isTyping || isWatching || isAsked) {
    root.querySelector('[data-stale]')?.removeAttribute('hidden');
    return false;
  }
  location.reload();
  return true;
}
