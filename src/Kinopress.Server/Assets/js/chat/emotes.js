// The site's own emotes: names between colons that are drawn as pictures. A message says which names and brings a hash for each;
// the address is made here, of the hash and nothing else, so that no message can bring in a picture from elsewhere.

import { h } from '../studio/html.js';

const shape = /^[0-9a-f]{24}$/;

/** @typedef {{ name: string, picture: string }} Emote */

/** @param {Emote} emote @returns {HTMLImageElement} */
export function emoteImage({ name, picture }) {
  const at = (size) => `/media/e/${picture}/${size}.webp`;
  const image = h('img', {
    class: 'chat__picture', alt: `:${name}:`, title: `:${name}:`, width: '28', height: '28', loading: 'lazy', decoding: 'async', draggable: 'false',
    sizes: 'auto, 28px', srcset: `${at(28)} 28w, ${at(56)} 56w, ${at(112)} 112w`, src: at(28),
  });
  image.addEventListener('error', () => image.replaceWith(image.alt)); // it is deleted: its name is left
  return image;
}

/**
 * @param {string} text
 * @param {Emote[] | undefined} emotes those the text may name
 * @returns {(string | HTMLImageElement)[]} the text with pictures in it
 */
export function withEmotes(text, emotes) {
  if (!emotes?.length || !text.includes(':')) return [text];
  const byName = new Map(emotes.filter(({ picture }) => shape.test(picture)).map((emote) => [emote.name.toLowerCase(), emote]));
  const parts = [];
  let done = 0;
  let open = text.indexOf(':');
  while (open >= 0) {
    const close = text.indexOf(':', open + 1);
    if (close < 0) break;
    const emote = byName.get(text.slice(open + 1, close).toLowerCase());
    if (!emote) {
      open = close; // this colon may open the next name
      continue;
    }

    if (open > done) parts.push(text.slice(done, open));
    parts.push(emoteImage(emote));
    done = close + 1;
    open = text.indexOf(':', done);
  }

  if (done < text.length) parts.push(text.slice(done));
  return parts;
}
