// What was typed into <form data-guard> survives a save that did not arrive: because the session had ended, the page was
// too old or the site was away. It is kept in this tab when the form is sent, and dropped once the site says it is done.

import { h, icon } from './html.js';

const keyOf = (form) => `kinopress:draft:${new URL(form.getAttribute('action'), location.href).pathname}`;

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} what a person fills in, and the revision it was made from */
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !['password', 'file', 'submit', 'button'].includes(field.type) && (field.type !== 'hidden' || field.name === 'revision'));

/** @param {HTMLFormElement} form that is being sent */
export function keepDraft(form) {
  const values = fieldsOf(form).map((field) => ['checkbox', 'radio'].includes(field.type) ? { name: field.name, value: field.value, isChecked: field.checked } : { name: field.name, value: field.value });
  write(keyOf(form), JSON.stringify(values));
}

/** @param {HTMLFormElement} form that has arrived */
export function dropDraft(form) {
  write(keyOf(form), null);
}

/**
 * @param {HTMLFormElement} form
 * @param {string | null} done what the address says was done; null when the page was opened plainly
 */
export function restoreDraft(form, done) {
  const draft = read(keyOf(form));
  if (draft === null) return;
  // Done, or shown again with what was posted: the page already has it.
  const isSettled = (done !== null && done !== 'stale') || form.querySelector('.error-summary') !== null;
  write(keyOf(form), null);
  if (isSettled || form.querySelector('fieldset[disabled]')) return;
  for (const { name, value, isChecked } of JSON.parse(draft)) {
    const field = fieldsOf(form).find((candidate) => candidate.name === name && (isChecked === undefined || candidate.value === value));
    if (!field) continue;
    if (isChecked === undefined) field.value = value;
    else field.checked = isChecked;
  }
  form.dataset.dirty = 'true';
  form.prepend(h('p', { class: 'draft-back', role: 'status' }, icon('undo-2'),
    h('span', {}, 'What you typed before is back. It is not saved yet: look it over, then press Save.')));
}

function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
}

function write(key, text) {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // storage may be forbidden or full; then nothing comes back
  }
}
