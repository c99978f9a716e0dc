/** @import { AnswerTold, MessageView, RoomView } from '../told.ts' */
/** @import { OfferedCommand } from '../../offered.ts' */

import { byId, element } from './element.js';

const MESSAGE_COMMAND = 3;

/**
 * The menu of a message: copying it, and the commands that bots put there.
 *
 * @param {(asked: Record<string, unknown>) => Promise<AnswerTold>} ask
 * @param {(answer: AnswerTold) => void} report
 */
export function createMenu(ask, report) {
  const menu = byId('message-menu', HTMLElement);
  /** @type {readonly OfferedCommand[]} */
  let commands = [];

  /**
   * @param {string} label
   * @param {() => void} act
   */
  function item(label, act) {
    const button = element('button', { type: 'button', role: 'menuitem' }, label);
    button.addEventListener('click', () => {
      menu.hidePopover();
      act();
    });
    return button;
  }

  menu.addEventListener('keydown', (event) => {
    const items = [...menu.querySelectorAll('button')];
    const at = items.findIndex((one) => one.matches(':focus'));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (!step) return;
    event.preventDefault();
    items.at((at + step) % items.length)?.focus();
  });

  return {
    /** @param {RoomView} room */
    enter(room) {
      commands = room.commands.filter(({ type }) => type === MESSAGE_COMMAND);
    },

    /**
     * @param {MessageView} message
     * @param {HTMLElement} opener
     */
    open(message, opener) {
      const apps = commands.map(({ name }) =>
        item(name, async () => {
          report(await ask({ ask: 'message-command', message: message.id, command: name }));
        }),
      );
      menu.replaceChildren(
        item('Copy text', () => navigator.clipboard.writeText(message.text)),
        ...apps,
      );
      menu.showPopover();
      const { top, right } = opener.getBoundingClientRect();
      const room = window.innerHeight - menu.offsetHeight - 8;
      menu.style.top = `${Math.max(8, Math.min(top, room))}px`;
      menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
      menu.querySelector('button')?.focus();
    },
  };
}
