// Small comforts for visitors with JavaScript: menus close by themselves, and readonly fields get a copy button.
// Everything here works without it.

const menus = 'details[data-closes][open]';

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') {
    return;
  }

  for (const menu of document.querySelectorAll(menus)) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

// When a planned live begins, in the visitor's own time; without scripts it stands there in UTC.
const moment = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
for (const time of document.querySelectorAll('time[data-moment]')) time.textContent = moment.format(new Date(time.dateTime));

// A transition that ends before its time, because the visitor goes on or the tab is hidden, is nothing to log.
for (const name of ['pageswap', 'pagereveal']) {
  window.addEventListener(name, (event) => {
    for (const end of ['ready', 'finished', 'updateCallbackDone']) event.viewTransition?.[end]?.catch(() => {});
  });
}

// Studio takes no part in transitions: one that reached it would be refused there, and reported.
window.addEventListener('pageswap', (event) => {
  const next = event.activation?.entry?.url;
  if (next && new URL(next).pathname.startsWith('/studio')) event.viewTransition?.skipTransition();
});

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function addCopyButton(field) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = field.dataset.copy;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = field.dataset.copied;
    setTimeout(() => (button.textContent = field.dataset.copy), 2000);
  });

  const row = document.createElement('div');
  row.className = 'share__row';
  field.replaceWith(row);
  row.append(field, button);
}

document.addEventListener('kinopress-theatre', (event) => {
  document.querySelector('.watch')?.classList.toggle('watch--theatre', event.detail.isOn);
});

if (navigator.clipboard) {
  document.querySelectorAll('[data-copy]').forEach(addCopyButton);
}
