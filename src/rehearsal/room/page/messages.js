/** @import { MessageView, RoomView } from '../told.ts' */
/** @import { MessageActions } from './message.js' */

import { byId } from './element.js';
import { followEnd } from './follow-end.js';
import { messageItem } from './message.js';

/** Messages of one author within this time, in ms, stand under one name. */
const GROUPED_WITHIN = 7 * 60_000;

/**
 * The list of messages: keeps it in order, at its end and in focus, and announces what comes.
 *
 * @param {MessageActions} actions
 */
export function createMessages(actions) {
  const list = byId('messages', HTMLOListElement);
  const log = byId('log', HTMLElement);
  const announcer = byId('announcer', HTMLElement);
  /** @type {Map<string, { message: MessageView, item: HTMLLIElement }>} */
  const shown = new Map();
  let you = '';
  const end = followEnd(log, list);

  /** @param {MessageView} message */
  function put(message) {
    const before = shown.get(message.id);
    const item = messageItem(message, actions);
    const focused = before?.item.contains(document.activeElement) ? document.activeElement : null;
    if (before) before.item.replaceWith(item);
    else list.append(item);
    shown.set(message.id, { message, item });
    group(item, message);
    if (focused) refocus(item, focused);
  }

  /**
   * @param {HTMLLIElement} item
   * @param {MessageView} message
   */
  function group(item, message) {
    const above = shown.get(item.previousElementSibling?.id.slice(1) ?? '')?.message;
    const isBare = !message.used && !message.reply && !message.private;
    const isSoon = above && Date.parse(message.at) - Date.parse(above.at) < GROUPED_WITHIN;
    const isSame = above && above.author.id === message.author.id && !above.private;
    item.classList.toggle('grouped', Boolean(isBare && isSoon && isSame));
  }

  /**
   * The focused button is gone with its message's old form: the same one in the new form has the
   * focus next or, when there is none, the newest button, so that Enter turns page after page.
   *
   * @param {HTMLElement} item
   * @param {Element} focused
   */
  function refocus(item, focused) {
    const id = focused.getAttribute('data-id');
    const same = [...item.querySelectorAll('[data-id]')].find(
      (one) => one.getAttribute('data-id') === id,
    );
    const next = id && same instanceof HTMLElement ? same : newestButton();
    (next ?? log).focus({ preventScroll: true });
  }

  function newestButton() {
    const buttons = list.querySelectorAll('button.button:not(:disabled)');
    const last = buttons[buttons.length - 1]?.closest('.row');
    return /** @type {HTMLElement | null} */ (
      last?.querySelector('button.button:not(:disabled)') ?? null
    );
  }

  /** @param {MessageView} message */
  function announce({ author, text, thinking, private: isPrivate }) {
    if (author.id === you || thinking) return;
    const plain = text.replaceAll(/^(#+|-#|>)\s|[*|]|\\(?=[^\w\s])/gm, '');
    announcer.textContent = `${author.name}${isPrivate ? ', only to you' : ''}: ${plain}`;
  }

  return {
    /** @param {RoomView} room */
    enter(room) {
      you = room.you.id;
      shown.clear();
      list.replaceChildren();
      for (const message of room.messages) put(message);
      end.go();
    },

    /** @param {MessageView} message */
    show(message) {
      const before = shown.get(message.id)?.message;
      put(message);
      if (!before || before.thinking) announce(message);
      if (!before) end.grown();
    },

    /** @param {string} id */
    remove(id) {
      const before = shown.get(id);
      if (!before) return;
      const hadFocus = before.item.contains(document.activeElement);
      const next = before.item.nextElementSibling;
      before.item.remove();
      shown.delete(id);
      const below = shown.get(next?.id.slice(1) ?? '');
      if (below) group(below.item, below.message);
      if (hadFocus) (newestButton() ?? log).focus({ preventScroll: true });
    },

    /**
     * Scrolls to a message and marks it for a moment; whether it is there.
     *
     * @param {string} id
     */
    jump(id) {
      const item = shown.get(id)?.item;
      if (!item) return false;
      end.leave();
      item.scrollIntoView({ block: 'center' });
      item.focus({ preventScroll: true });
      item.classList.remove('found');
      requestAnimationFrame(() => item.classList.add('found'));
      return true;
    },

    get isEmpty() {
      return shown.size === 0;
    },
  };
}
