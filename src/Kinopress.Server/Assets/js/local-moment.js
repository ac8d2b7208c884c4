// <input type="datetime-local" data-local-moment>: the form speaks UTC; with a script people read and write their own
// time, and the hidden utcOffset beside it says how far that is from UTC at the chosen moment. <time data-moment> is
// shown in their time, too.

prepare(document);
document.addEventListener('kinopress-drawn', (event) => prepare(event.target));

/** @param {ParentNode} root */
function prepare(root) {
  for (const input of root.querySelectorAll('input[data-local-moment]')) follow(input);
  for (const time of root.querySelectorAll('time[data-moment]')) {
    time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }
}

/** @param {HTMLInputElement} input */
function follow(input) {
  const form = input.form;
  const offset = form.elements.namedItem('utcOffset');
  if (input.value && offset.value === '0') input.value = local(new Date(`${input.value}Z`));
  const hint = form.querySelector(`#${input.id}-hint`);
  if (hint) hint.textContent = `In your time (${Intl.DateTimeFormat().resolvedOptions().timeZone}).`;
  const tell = () => {
    if (!input.isConnected) return form.removeEventListener('submit', tell); // drawn anew meanwhile
    const at = new Date(input.value);
    offset.value = String(Number.isNaN(at.getTime()) ? 0 : -at.getTimezoneOffset());
  };
  input.addEventListener('input', tell);
  form.addEventListener('submit', tell);
  tell();
}

/** @param {Date} at @returns {string} as the field spells it */
function local(at) {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
