import { element } from './element.js';

/**
 * @typedef {object} Suggestion
 * @property {string} name
 * @property {string} [about]
 * @property {() => void} pick
 */

/**
 * The list above the composer, for one input at a time: a listbox as the ARIA Authoring Practices
 * describe it for a combobox, where the focus stays in the input.
 */
export function createSuggestions() {
  const title = element('p', { class: 'title', id: 'suggestions-title' });
  const list = element('ul', { id: 'suggestions', role: 'listbox', 'aria-labelledby': title.id });
  const box = element('div', { class: 'suggestions', hidden: true }, title, list);
  /** @type {readonly Suggestion[]} */
  let offered = [];
  let active = -1;
  /** @type {HTMLInputElement | undefined} */
  let owner;

  /** @param {number} index */
  function activate(index) {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const item = list.children[active];
    item?.setAttribute('aria-selected', 'true');
    item?.scrollIntoView({ block: 'nearest' });
    if (item) owner?.setAttribute('aria-activedescendant', item.id);
    else owner?.removeAttribute('aria-activedescendant');
  }

  function hide() {
    box.hidden = true;
    offered = [];
    activate(-1);
    list.replaceChildren();
    owner?.setAttribute('aria-expanded', 'false');
    owner = undefined;
  }

  return {
    box,
    hide,

    /**
     * @param {HTMLInputElement} input
     * @param {string} heading
     * @param {readonly Suggestion[]} suggestions
     * @param {boolean} first whether the first one is active from the start
     */
    show(input, heading, suggestions, first) {
      hide();
      if (suggestions.length === 0) return;
      owner = input;
      offered = suggestions;
      title.textContent = heading;
      const items = offered.map(({ name, about = '', pick }, index) => {
        const attributes = { id: `suggestion-${index}`, role: 'option', 'aria-selected': 'false' };
        const item = element(
          'li',
          attributes,
          element('b', {}, name),
          ' ',
          element('span', {}, about),
        );
        // Before the input loses the focus, and with it this list.
        item.addEventListener('pointerdown', (event) => event.preventDefault());
        item.addEventListener('click', pick);
        return item;
      });
      list.replaceChildren(...items);
      box.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      activate(first ? 0 : -1);
    },

    /**
     * Takes a key that belongs to the list; whether it was one.
     *
     * @param {KeyboardEvent} event
     */
    key(event) {
      if (box.hidden) return false;
      const { length } = offered;
      if (event.key === 'ArrowDown') activate((active + 1) % length);
      else if (event.key === 'ArrowUp') activate((Math.max(active, 0) - 1 + length) % length);
      else if (event.key === 'Escape') hide();
      else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0 && !event.shiftKey) {
        offered[active]?.pick();
      } else return false;
      event.preventDefault();
      return true;
    },
  };
}

/**
 * An input that such a list serves.
 *
 * @param {Record<string, string | number | boolean>} attributes
 */
export function comboInput(attributes) {
  return element('input', {
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'suggestions',
    ...attributes,
  });
}
