/** @import { EmbedView, FileView, MessageView, ReplyView } from '../told.ts' */
/** @import { PartActions } from './parts.js' */

import { avatar, element } from './element.js';
import { marksFragment } from './marks.js';
import { partElement } from './parts.js';

/**
 * @typedef {object} MessageActions
 * @property {(message: MessageView, customId: string) => Promise<void>} press
 * @property {(message: MessageView, customId: string, chosen: string[]) => Promise<void>} choose
 * @property {(message: MessageView) => void} dismiss
 * @property {(message: MessageView, opener: HTMLElement) => void} menu
 */

/**
 * A message as a list item.
 *
 * @param {MessageView} message
 * @param {MessageActions} actions
 */
export function messageItem(message, actions) {
  const { id, author, used, reply } = message;
  const look = ['message', message.private && 'private', (used || reply) && 'answer'];
  const opener = element(
    'button',
    { type: 'button', class: 'icon', 'aria-label': `More about the message of ${author.name}` },
    '⋯',
  );
  opener.addEventListener('click', () => actions.menu(message, opener));
  return element(
    'li',
    { id: `m${id}`, class: look.filter(Boolean).join(' '), tabindex: '-1' },
    ...(reply && !used ? [replyLine(reply)] : []),
    ...(used ? [usedLine(used)] : []),
    avatar(author),
    element('div', { class: 'body' }, head(message), ...content(message, actions)),
    element('div', { class: 'tools' }, opener),
  );
}

/** @param {MessageView} message */
function head({ author, at }) {
  const name = element('strong', { class: author.bot ? 'author bot' : 'author' }, author.name);
  const tag = author.bot ? [' ', element('span', { class: 'tag' }, 'APP')] : [];
  return element('div', { class: 'head' }, name, ...tag, ' ', time(at));
}

/** @param {string} at */
function time(at) {
  const moment = new Date(at);
  const clock = moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const isToday = moment.toDateString() === new Date().toDateString();
  const shown = isToday ? `Today at ${clock}` : `${moment.toLocaleDateString()} ${clock}`;
  return element('time', { datetime: at, title: moment.toLocaleString() }, shown);
}

/**
 * @param {MessageView} message
 * @param {MessageActions} actions
 * @returns {HTMLElement[]}
 */
function content(message, actions) {
  if (message.thinking) {
    return [
      element(
        'p',
        { class: 'thinking' },
        element('span', { class: 'dots', 'aria-hidden': 'true' }),
        'Lamplight is thinking…',
      ),
      ...privateNote(message, actions),
    ];
  }
  /** @type {PartActions} */
  const partActions = {
    press: (customId) => actions.press(message, customId),
    choose: (customId, chosen) => actions.choose(message, customId, chosen),
  };
  const text = element('div', { class: 'text' }, marksFragment(message.marks));
  if (message.edited) {
    const last = text.lastElementChild;
    const line = last?.localName === 'small' && !last.nextSibling ? last : text;
    line.append(' ', element('span', { class: 'edited' }, '(edited)'));
  }
  return [
    ...(message.marks.length > 0 ? [text] : []),
    ...message.embeds.map(embed),
    ...message.files.map(file),
    ...message.parts.map((part) => partElement(part, partActions)),
    ...privateNote(message, actions),
  ];
}

/**
 * @param {MessageView} message
 * @param {MessageActions} actions
 */
function privateNote(message, { dismiss }) {
  if (!message.private) return [];
  const away = element('button', { type: 'button', class: 'link' }, 'Dismiss message');
  away.addEventListener('click', () => dismiss(message));
  return [element('p', { class: 'note' }, 'Only you can see this · ', away)];
}

/** @param {{ by: string, what: string }} used */
function usedLine({ by, what }) {
  const parts = [element('b', {}, by), ' used ', element('span', { class: 'mention' }, what)];
  return element('div', { class: 'context' }, avatar({ name: by }), ...parts);
}

/** @param {ReplyView} reply */
function replyLine({ id, author, excerpt }) {
  if (!author) return element('div', { class: 'context' }, element('i', {}, excerpt));
  const jump = {
    class: 'excerpt',
    href: `#m${id}`,
    'data-jump': id,
    'aria-label': `Answer to ${author}: ${excerpt}`,
  };
  const face = avatar({ name: author, bot: author === 'Lamplight' });
  return element(
    'div',
    { class: 'context' },
    face,
    element('a', jump, element('b', {}, author), ` ${excerpt}`),
  );
}

/** @param {FileView} file */
function file({ name, url, isImage, description, size }) {
  if (isImage) return element('img', { class: 'image', src: url, alt: description || name });
  const about = [
    element('a', { href: url, download: name }, name),
    ` ${Math.ceil(size / 1024)} KB`,
  ];
  return element('figure', { class: 'file' }, ...about, element('figcaption', {}, description));
}

/** @param {EmbedView} embed */
function embed({ colour, author, title, marks, fields, footer }) {
  const made = element('div', { class: 'embed' });
  if (colour) made.style.borderLeftColor = colour;
  if (author) made.append(element('p', { class: 'embed-author' }, author));
  if (title) made.append(element('p', { class: 'embed-title' }, title));
  made.append(element('div', { class: 'text' }, marksFragment(marks)));
  for (const field of fields) {
    made.append(element('p', { class: 'embed-author' }, field.name));
    made.append(element('div', { class: 'text' }, marksFragment(field.marks)));
  }
  if (footer) made.append(element('small', {}, footer));
  return made;
}
