// What every Studio page gets. Each part only makes a page that already works without scripts more pleasant.

import './studio/command-palette.js';
import './studio/password-field.js';
import { keepDraft, restoreDraft } from './studio/drafts.js';
import { h, icon } from './studio/html.js';

for (const toast of document.querySelectorAll('[data-toast]')) fade(toast);

/** A toast stays while it is pointed at or holds the focus, because it may carry Undo. */
function fade(toast) {
  let timer = 0;
  const start = () => {
    timer = setTimeout(() => toast.remove(), 8000);
  };
  const stop = () => clearTimeout(timer);
  for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, stop);
  for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, start);
  toast.querySelector('[data-close]')?.addEventListener('click', () => toast.remove());
  start();
}

// <form data-confirm="Revoke the token “Phone”?" data-confirm-action="Revoke" data-confirm-keep="Keep it">
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  const submitter = event.submitter;
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'confirm-question' },
    h('form', { method: 'dialog' },
      h('p', { id: 'confirm-question' }, form.dataset.confirm),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', value: '' }, form.dataset.confirmKeep ?? 'Keep it'),
        h('button', { class: 'button button-danger', value: 'yes' }, form.dataset.confirmAction ?? 'Continue'))));
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (dialog.returnValue !== 'yes') return;
    form.dataset.confirmed = 'true';
    form.requestSubmit(submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
});

// <button data-copy="https://…">Copy link</button>
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const before = [...button.childNodes];
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.replaceChildren(icon('check'), h('span', { role: 'status' }, 'Copied'));
  } catch {
    const field = button.closest('.copy-field')?.querySelector('input');
    field?.select(); // the clipboard is closed to pages without https: leave the text chosen
    return;
  }
  setTimeout(() => button.replaceChildren(...before), 1600);
});

// Menus are <details>: one open at a time, closed by Escape or a click elsewhere.
document.addEventListener('click', (event) => closeMenus(event.target.closest?.('details.menu')));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.menu[open]');
  open?.querySelector('summary').focus();
  closeMenus(null);
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

// <form data-guard>: leaving with unsaved changes asks first; `.unsaved` inside shows while there are some.
const done = new URLSearchParams(location.search).get('done');
for (const form of document.querySelectorAll('form[data-guard]')) {
  restoreDraft(form, done);
  form.addEventListener('input', () => {
    form.dataset.dirty = 'true';
  });
  form.addEventListener('submit', () => {
    keepDraft(form);
    delete form.dataset.dirty;
  });
}
window.addEventListener('beforeunload', (event) => {
  if (document.querySelector('form[data-dirty]')) event.preventDefault();
});

// What was done is said once: Back and Reload show the page as it is.
if (done !== null) {
  const address = new URL(location.href);
  address.searchParams.delete('done');
  address.searchParams.delete('video');
  history.replaceState(history.state, '', address);
}

// A picture chosen in <input type=file data-autosubmit> is sent at once.
for (const input of document.querySelectorAll('input[data-autosubmit]')) {
  input.addEventListener('change', () => input.form.requestSubmit());
}
