// One message as an element. Nothing of it is markup: every word goes in as text, and emotes as elements made here.

import { h, icon } from '../studio/html.js';
import { withEmotes } from './emotes.js';
import { words } from './words.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/**
 * @param {any} message
 * @param {{ me: { key: string | null, name: string | null }, answered: any, onReply: ((message: any) => void) | null, menuOf?: (message: any) => { label: string, icon: string, run: () => void }[] }} context
 */
export function drawMessage(message, { me, answered, onReply, menuOf }) {
  const isOwn = message.authorKey === me.key;
  const mentionsMe = !isOwn && (answered?.authorKey === me.key && me.key !== null || mentions(message.text, me.name));
  const element = h('li', { class: classesOf(message, isOwn, mentionsMe) });
  if (answered?.text) {
    element.append(h('p', { class: 'chat__answered', dir: 'auto' }, icon('reply'), h('span', {}, `${answered.authorName}: `, ...withEmotes(answered.text, answered.emotes))));
  }

  const line = h('p', { class: 'chat__line' },
    message.offsetMs === undefined ? h('time', { class: 'chat__time', datetime: message.sentAt }, clock.format(new Date(message.sentAt))) : h('span', { class: 'chat__time' }, asClock(message.offsetMs)),
    badge(message.authorRole),
    h('span', { class: `chat__author chat__author--${hue(message.authorKey)}`, dir: 'auto' }, message.authorName),
    h('span', { class: 'chat__text', dir: 'auto' }, ...withEmotes(message.text, message.emotes)));
  element.append(line);
  if (message.isHeld || message.isPending) element.append(h('p', { class: 'chat__state' }, message.isHeld ? words.held : words.sending));
  if (onReply && !message.isPending && !message.offsetMs) element.append(tools(message, isOwn, onReply, menuOf?.(message) ?? []));
  return element;
}

function tools(message, isOwn, onReply, actions) {
  const reply = isOwn || message.isHeld
    ? null
    : h('button', { type: 'button', class: 'chat__tool', 'aria-label': `${words.reply}: ${message.authorName}`, onclick: () => onReply(message) }, icon('reply'));
  if (actions.length === 0) return h('div', { class: 'chat__tools' }, reply);

  const menu = h('details', { class: 'chat__menu', 'data-closes': '' },
    h('summary', { class: 'chat__tool', 'aria-label': words.moderate(message.authorName) }, icon('ellipsis')),
    h('div', { class: 'chat__actions' }, ...actions.map((action) => h('button', {
      type: 'button',
      class: 'chat__action',
      onclick: () => {
        menu.open = false;
        action.run();
      },
    }, icon(action.icon), action.label))));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  return h('div', { class: 'chat__tools' }, reply, menu);
}

function badge(role) {
  if (role === 'owner') return h('span', { class: 'chat__badge', title: words.owner, role: 'img', 'aria-label': words.owner }, icon('crown'));
  if (role === 'moderator') return h('span', { class: 'chat__badge', title: words.moderator, role: 'img', 'aria-label': words.moderator }, icon('shield-check'));
  return null;
}

function classesOf(message, isOwn, mentionsMe) {
  return ['chat__message', isOwn && 'chat__message--own', mentionsMe && 'chat__message--mention', message.isPending && 'chat__message--pending', message.isHeld && 'chat__message--held']
    .filter(Boolean)
    .join(' ');
}

function mentions(text, name) {
  if (!name) return false;
  const at = text.toLowerCase().indexOf(`@${name.toLowerCase()}`);
  return at >= 0 && !/[\p{L}\p{N}]/u.test(text[at + name.length + 1] ?? ' ');
}

// One of eight colours, the same for a person all evening.
const hue = (key) => [...(key ?? '')].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 8, 0);

function asClock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, '0');
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
