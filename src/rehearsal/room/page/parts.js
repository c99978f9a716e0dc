/** @import { ButtonPart, Part, SelectPart } from '../told.ts' */

import { element } from './element.js';
import { marksFragment } from './marks.js';

/**
 * @typedef {object} PartActions
 * @property {(customId: string) => Promise<void>} press
 * @property {(customId: string, chosen: string[]) => Promise<void>} choose
 */

/**
 * A message component as elements.
 *
 * @param {Part} part
 * @param {PartActions} actions
 * @returns {HTMLElement}
 */
export function partElement(part, actions) {
  switch (part.part) {
    case 'row':
      return element('div', { class: 'row' }, ...all(part.inside, actions));
    case 'button':
      return part.url ? linkButton(part) : button(part, actions);
    case 'select':
      return select(part, actions);
    case 'text':
      return element('div', { class: 'text' }, marksFragment(part.marks));
    case 'section': {
      const inside = element('div', {}, ...all(part.inside, actions));
      const beside = part.beside ? [partElement(part.beside, actions)] : [];
      return element('div', { class: 'section' }, inside, ...beside);
    }
    case 'box':
      return element('div', { class: 'box' }, ...all(part.inside, actions));
    case 'rule':
      return element('hr');
  }
}

/**
 * @param {readonly Part[]} parts
 * @param {PartActions} actions
 */
function all(parts, actions) {
  return parts.map((part) => partElement(part, actions));
}

/** @param {ButtonPart} part */
function linkButton({ label, url }) {
  const attributes = {
    class: 'button secondary',
    href: url,
    target: '_blank',
    rel: 'noopener noreferrer',
  };
  return element('a', attributes, label);
}

/**
 * @param {ButtonPart} part
 * @param {PartActions} actions
 */
function button({ label, style, customId, disabled }, { press }) {
  const look = { type: 'button', class: `button ${style}`, 'data-id': customId, disabled };
  const made = element('button', look, label);
  made.addEventListener('click', async () => {
    if (made.getAttribute('aria-busy') === 'true') return;
    made.setAttribute('aria-busy', 'true');
    await press(customId);
    made.removeAttribute('aria-busy');
  });
  return made;
}

/**
 * @param {SelectPart} part
 * @param {PartActions} actions
 */
function select({ customId, placeholder, many, disabled, options }, { choose }) {
  const look = {
    class: 'select',
    'aria-label': placeholder,
    multiple: many,
    disabled,
    'data-id': customId,
  };
  const made = element('select', look);
  const isChosen = options.some(({ chosen }) => chosen);
  if (!many)
    made.append(element('option', { value: '', selected: !isChosen, disabled: true }, placeholder));
  for (const { label, value, description, chosen } of options) {
    const text = description ? `${label} – ${description}` : label;
    made.append(element('option', { value, selected: chosen }, text));
  }
  made.addEventListener('change', () => {
    choose(
      customId,
      [...made.selectedOptions].map((option) => option.value),
    );
  });
  return made;
}
