/** @import { AnswerTold, HouseView, RoomView, TroubleView } from '../told.ts' */

import { byId, element } from './element.js';

/**
 * The panel for what goes wrong in real life.
 *
 * @param {(asked: Record<string, unknown>) => Promise<AnswerTold>} ask
 */
export function createPanel(ask) {
  const panel = byId('panel', HTMLElement);
  const opener = byId('panel-button', HTMLButtonElement);
  const state = byId('state', HTMLElement);
  const choices = element('div', { class: 'troubles' });
  const done = element('output');
  /**
   * @param {string} label
   * @param {string} asked
   * @param {string} report
   */
  function button(label, asked, report) {
    const made = element('button', { type: 'button', class: 'button secondary' }, label);
    made.addEventListener('click', async () => {
      const { refused } = await ask({ ask: asked });
      done.textContent = refused ?? `${report} at ${new Date().toLocaleTimeString()}.`;
    });
    return made;
  }
  panel.append(
    element('h2', { id: 'panel-title' }, 'What goes wrong'),
    element(
      'p',
      {},
      'Real life for a bot. Choose how its next answer fails, then press something: no passage is lost.',
    ),
    element('fieldset', {}, element('legend', {}, 'The next answer'), choices),
    element(
      'div',
      { class: 'row' },
      button('Restart the bot', 'restart', 'Restarted'),
      button('Cut its connection', 'cut', 'Cut'),
    ),
    done,
  );
  /** @type {readonly TroubleView[]} */
  let troubles = [];

  /** @param {boolean} isOpen */
  function show(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
  }
  opener.addEventListener('click', () => show(panel.hidden !== false));
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    show(false);
    opener.focus();
  });

  /** @param {TroubleView | { id: null, label: string, about: string }} trouble */
  function radio({ id, label, about }) {
    const input = element('input', { type: 'radio', name: 'trouble', value: id ?? '' });
    input.addEventListener('change', () => ask({ ask: 'trouble', trouble: id }));
    const words = element('span', {}, element('b', {}, label), element('small', {}, about));
    return element('label', {}, input, words);
  }

  return {
    /** @param {RoomView} room */
    enter(room) {
      troubles = room.troubles;
      const fine = { id: null, label: 'Nothing', about: 'It arrives as it should.' };
      choices.replaceChildren(radio(fine), ...troubles.map(radio));
      this.house(room.house);
    },

    /** @param {HouseView} house */
    house({ online, trouble }) {
      const waiting = troubles.find(({ id }) => id === trouble);
      state.className = online ? (waiting ? 'warn' : '') : 'off';
      state.textContent = online
        ? waiting
          ? `Next: ${waiting.label.toLowerCase()}`
          : ''
        : 'Lamplight is offline…';
      for (const input of choices.querySelectorAll('input')) {
        input.checked = input.value === (trouble ?? '');
      }
    },

    lost() {
      state.className = 'off';
      state.textContent = 'The rehearsal cannot be reached. Trying again…';
    },
  };
}
