// Changes a page where it stands, from what the server draws: it stays the only one that knows how a page looks, and whatever
// runs on the page runs on. Without a script the same forms load the page again.
//
//   <div data-region="markers">…</div>               drawn again when what the server draws in it has become another
//   <div data-region="preview" data-key="air">…</div>  drawn again only when its key has
//   <div data-once>…</div>                            in a region: shown once, so it stays until another comes
//   `kinopress-drawn` bubbles from what was drawn again.

/**
 * @param {string} address
 * @param {RequestInit} [request]
 * @returns {Promise<{ address: string, isSignIn: boolean, isDone: boolean, said: string, document: Document }>} the page it led to
 */
export async function readPage(address, request) {
  const answer = await fetch(address, { ...request, headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const { pathname, searchParams } = new URL(answer.url);
  const done = searchParams.get('done') ?? '';
  return {
    address: answer.url,
    isSignIn: pathname === '/login',
    isDone: answer.ok && !['stale', 'failed', 'live-on-air'].includes(done),
    said: page.querySelector('[data-toast] span')?.textContent ?? '',
    document: page,
  };
}

export class Regions {
  #root;
  /** @type {Map<string, string>} what the server drew last */
  #drawn = new Map();

  /** @param {HTMLElement} root as the server drew it */
  constructor(root) {
    this.#root = root;
    for (const region of root.querySelectorAll('[data-region]')) this.#drawn.set(region.dataset.region, textOf(region));
    for (const form of root.querySelectorAll('form[data-in-place]')) this.#drawn.set(form.action, textOf(form));
  }

  /** @param {Element} fresh the same, drawn anew @param {boolean} showsAll also where something that is shown once gives way */
  draw(fresh, showsAll) {
    for (const region of this.#root.querySelectorAll('[data-region]')) {
      const next = fresh.querySelector(`[data-region="${CSS.escape(region.dataset.region)}"]`);
      const hidesOnce = !showsAll && region.querySelector('[data-once]') && !next?.querySelector('[data-once]');
      if (!next || hidesOnce || !this.#isAnother(region.dataset.region, next)) continue;
      this.#replace(region, next);
    }
    for (const form of this.#root.querySelectorAll('form[data-in-place]')) {
      const next = twinOf(form, fresh);
      const isInUse = form.dataset.dirty === 'true' || form.contains(document.activeElement) || form.querySelector('.error-summary, .field-error') !== null;
      if (next && !isInUse && this.#isAnother(form.action, next)) refill(form, next, false); // what is in use is looked at again
    }
    renewTokens(this.#root, fresh);
  }

  #isAnother(name, next) {
    const text = textOf(next);
    const isAnother = this.#drawn.get(name) !== text;
    this.#drawn.set(name, text);
    return isAnother;
  }

  #replace(region, next) {
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    region.replaceChildren(...document.importNode(next, true).childNodes);
    for (const name of ['data-key', 'open']) {
      if (next.hasAttribute(name)) region.setAttribute(name, next.getAttribute(name));
      else region.removeAttribute(name);
    }
    region.dispatchEvent(new CustomEvent('kinopress-drawn', { bubbles: true }));
    // Who was in the middle of it by keyboard goes on from there, or from the top.
    if (focused) (focused.id && region.querySelector(`#${CSS.escape(focused.id)}`) || this.#root.querySelector('h1'))?.focus();
  }
}

/**
 * Shows what the server says is wrong with a form, and keeps what is typed in it.
 * @param {HTMLFormElement} form @param {Element} fresh the page it led to
 */
export function showMistakes(form, fresh) {
  const next = twinOf(form, fresh);
  if (next) refill(form, next, true);
  renewTokens(form, fresh);
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector('.error-summary') ?? form.querySelector('[type="submit"]'))?.focus();
}

/** @param {HTMLFormElement} form in which nothing is wrong any more */
export function clearMistakes(form) {
  for (const mistake of form.querySelectorAll('.error-summary, .field-error')) mistake.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

const twinOf = (form, fresh) => [...fresh.querySelectorAll('form[data-in-place]')].find((other) => other.getAttribute('action') === form.getAttribute('action'));

// Listeners on the form itself stay; what stands in it is the server's.
function refill(form, next, keepsValues) {
  const values = keepsValues ? valuesOf(form) : [];
  form.replaceChildren(...document.importNode(next, true).childNodes);
  for (const { name, value, isChecked } of values) {
    const field = fieldsOf(form).find((candidate) => candidate.name === name && (isChecked === undefined || candidate.value === value));
    if (!field) continue;
    if (isChecked === undefined) field.value = value;
    else field.checked = isChecked;
  }
  form.dispatchEvent(new CustomEvent('kinopress-drawn', { bubbles: true }));
}

const isToken = (field) => field.type === 'hidden' && field.name.includes('RequestVerificationToken');
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !isToken(field) && field.type !== 'submit');
const valuesOf = (form) => fieldsOf(form).map((field) => (['checkbox', 'radio'].includes(field.type) ? { name: field.name, value: field.value, isChecked: field.checked } : { name: field.name, value: field.value }));

function renewTokens(root, fresh) {
  const token = [...fresh.querySelectorAll('input[type="hidden"]')].find(isToken);
  if (!token) return;
  for (const field of root.querySelectorAll('input[type="hidden"]')) {
    if (isToken(field)) field.value = token.value;
  }
}

// A token against forgery is another each time, which changes nothing.
function textOf(element) {
  if (element.hasAttribute('data-key')) return element.getAttribute('data-key');
  const copy = element.cloneNode(true);
  for (const field of copy.querySelectorAll('input[type="hidden"]')) field.removeAttribute('value');
  return `${element.hasAttribute('open')} ${copy.innerHTML}`;
}
