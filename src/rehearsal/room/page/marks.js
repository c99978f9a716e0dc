/** @import { Mark } from '../../markdown.ts' */

import { element } from './element.js';

const TAGS = /** @type {const} */ ({
  em: 'em',
  strong: 'strong',
  underline: 'u',
  strike: 's',
  subtext: 'small',
  quote: 'blockquote',
});
/** Discord's link to a message: server or @me, channel, message. */
const JUMP = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)\/(\d+)$/;

/**
 * Discord's markdown as elements.
 *
 * @param {readonly Mark[]} marks
 * @returns {DocumentFragment}
 */
export function marksFragment(marks) {
  const fragment = document.createDocumentFragment();
  for (const mark of marks) fragment.append(markNode(mark));
  return fragment;
}

/**
 * @param {Mark} mark
 * @returns {Node}
 */
function markNode(mark) {
  switch (mark.kind) {
    case 'text':
      return document.createTextNode(mark.text);
    case 'break':
      return element('br');
    case 'mention':
      return element('span', { class: 'mention' }, mark.text);
    case 'code':
      return element('code', {}, mark.text);
    case 'block-code':
      return element('pre', {}, element('code', {}, mark.text));
    case 'heading':
      // One level for all: a message's headings stand under the channel's, whatever their size.
      return element('h2', { class: `heading-${mark.level}` }, marksFragment(mark.inside));
    case 'link':
      return link(mark.url, marksFragment(mark.inside));
    case 'spoiler':
      return spoiler(marksFragment(mark.inside));
    default:
      return element(TAGS[mark.kind], {}, marksFragment(mark.inside));
  }
}

/**
 * A link that leaves the page opens a tab; one to a message jumps there (see main.js).
 *
 * @param {string} url
 * @param {Node} inside
 */
function link(url, inside) {
  const [, channel, message] = JUMP.exec(url) ?? [];
  if (channel && message) {
    return element(
      'a',
      { href: `#m${message}`, 'data-channel': channel, 'data-jump': message },
      inside,
    );
  }
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, inside);
}

/** @param {Node} inside */
function spoiler(inside) {
  const hidden = element('span', { inert: true }, inside);
  const cover = element(
    'span',
    {
      class: 'spoiler',
      role: 'button',
      tabindex: '0',
      'aria-label': 'Spoiler: press to read',
    },
    hidden,
  );
  const reveal = () => {
    hidden.inert = false;
    cover.classList.add('open');
    for (const name of ['role', 'tabindex', 'aria-label']) cover.removeAttribute(name);
  };
  cover.addEventListener('click', reveal);
  cover.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    if (cover.classList.contains('open')) return;
    event.preventDefault();
    reveal();
  });
  return cover;
}
