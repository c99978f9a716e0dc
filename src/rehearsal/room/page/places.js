/** @import { ChannelView, ReaderView, RoomView } from '../told.ts' */

import { avatar, byId, element } from './element.js';

const SIGNS = { channel: '#', thread: '↳', dm: '@' };

/**
 * The side of the page: channels, and who you are.
 *
 * @param {object} actions
 * @param {(channel: string) => void} actions.onChannel
 * @param {(reader: string) => void} actions.onReader
 */
export function createPlaces({ onChannel, onReader }) {
  const list = byId('channels', HTMLUListElement);
  const chooser = byId('reader', HTMLSelectElement);
  const menu = byId('menu', HTMLButtonElement);
  let you = '';

  /** @param {boolean} isOpen */
  function drawer(isOpen) {
    menu.setAttribute('aria-expanded', String(isOpen));
    document.body.classList.toggle('drawer', isOpen);
    const here = list.querySelector('[aria-current]');
    if (isOpen && here instanceof HTMLElement) here.focus();
  }
  menu.addEventListener('click', () => drawer(menu.getAttribute('aria-expanded') !== 'true'));
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !document.body.classList.contains('drawer')) return;
    drawer(false);
    menu.focus();
  });
  byId('log', HTMLElement).addEventListener('pointerdown', () => drawer(false));
  chooser.addEventListener('change', () => {
    drawer(false);
    onReader(chooser.value);
  });

  /**
   * @param {ChannelView} channel
   * @param {boolean} isHere
   */
  function entry({ id, name, kind }, isHere) {
    const button = element(
      'button',
      {
        type: 'button',
        class: kind,
        'aria-current': isHere ? 'page' : null,
        'data-channel-id': id,
      },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[kind]),
      name,
    );
    button.addEventListener('click', () => {
      drawer(false);
      onChannel(id);
    });
    return element('li', {}, button);
  }

  /** @param {readonly ReaderView[]} readers */
  function people(readers) {
    const options = readers.map(({ name, role }) => {
      const label = role === 'moderator' ? `${name} (moderator)` : name;
      return element('option', { value: name, selected: name === you }, label);
    });
    chooser.replaceChildren(...options);
  }

  return {
    people,

    /** @param {RoomView} room */
    enter(room) {
      you = room.you.name;
      byId('server', HTMLElement).textContent = room.server;
      const face = avatar(room.you);
      face.id = 'my-avatar';
      byId('my-avatar', HTMLElement).replaceWith(face);
      const unread = new Set(
        [...list.querySelectorAll('.unread')].map((one) => one.getAttribute('data-channel-id')),
      );
      list.replaceChildren(...room.channels.map((one) => entry(one, one.id === room.channel.id)));
      for (const id of unread) if (id && id !== room.channel.id) this.mark(id);
      people(room.readers);
    },

    /**
     * Marks a channel as having something new.
     *
     * @param {string} id
     */
    mark(id) {
      const button = [...list.querySelectorAll('button')].find(
        (one) => one.dataset['channelId'] === id,
      );
      if (!button || button.classList.contains('unread')) return;
      button.classList.add('unread');
      button.append(element('span', { class: 'unseen' }, 'unread'));
    },
  };
}
