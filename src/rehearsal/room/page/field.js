/** @import { OfferedOption } from '../../offered.ts' */
/** @import { ChoiceView } from '../told.ts' */

import { element } from './element.js';
import { comboInput } from './suggestions.js';

const INTEGER = 4;
const BOOLEAN = 5;
const NUMBER = 10;
/** Ms after the last letter until the bot is asked for choices. */
const PAUSE = 120;

/**
 * @typedef {object} Field
 * @property {HTMLInputElement} input
 * @property {HTMLElement} box
 * @property {OfferedOption} option
 * @property {() => string | number | boolean | undefined} value Undefined while it is empty.
 * @property {() => string | undefined} problem Why it can't be sent, as a sentence.
 */

/**
 * @typedef {object} FieldHost
 * @property {(option: OfferedOption) => Promise<readonly ChoiceView[]>} complete
 * @property {ReturnType<typeof import('./suggestions.js').createSuggestions>} suggestions
 */

/**
 * One option of a slash command, as an input with a label.
 *
 * @param {OfferedOption} option
 * @param {FieldHost} host
 * @param {string} [typed] what stands in it already
 * @returns {Field}
 */
export function createField(option, { complete, suggestions }, typed = '') {
  const { name, type, description, required } = option;
  const isNumber = type === INTEGER || type === NUMBER;
  const input = comboInput({
    'aria-label': `${name}: ${description}${required ? '' : ' (optional)'}`,
    'aria-required': required ? 'true' : 'false',
    placeholder: required ? '' : 'optional',
    inputmode: isNumber ? 'numeric' : 'text',
    maxlength: 6000,
    value: typed,
    name,
  });
  const box = element(
    'label',
    { class: 'field' },
    element('span', { 'aria-hidden': 'true' }, name),
    input,
  );
  /** @type {ChoiceView | undefined} */
  let chosen;
  let asked = 0;

  /** @param {readonly ChoiceView[]} choices */
  function offer(choices) {
    const items = choices.map((choice) => ({
      name: choice.name,
      pick() {
        chosen = choice;
        input.value = choice.name;
        suggestions.hide();
      },
    }));
    // What an optional field says may be the reader's own words: Enter sends them as they stand.
    suggestions.show(input, `${name} · ${description}`, items, required);
  }

  async function suggest() {
    asked += 1;
    const mine = asked;
    const typed = input.value.toLowerCase();
    if (option.autocomplete) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (mine !== asked) return;
      const choices = await complete(option);
      if (mine === asked && document.activeElement === input && !chosen) offer(choices);
      return;
    }
    const fixed =
      type === BOOLEAN
        ? ['true', 'false'].map((value) => ({ name: value, value }))
        : option.choices;
    offer(fixed.filter((choice) => choice.name.toLowerCase().includes(typed)));
  }

  input.addEventListener('focus', () => {
    if (!chosen) suggest();
  });
  input.addEventListener('blur', () => {
    asked += 1;
    suggestions.hide();
  });
  input.addEventListener('input', () => {
    chosen = undefined;
    input.removeAttribute('aria-invalid');
    suggest();
  });

  return {
    input,
    box,
    option,
    value() {
      if (chosen) return chosen.value;
      const text = input.value.trim();
      if (text === '') return undefined;
      if (type === BOOLEAN) return text === 'true';
      return isNumber ? Number(text) : text;
    },
    problem() {
      const text = input.value.trim();
      if (text === '') return required ? `Say which ${name}: it is required.` : undefined;
      if (!isNumber || chosen) return undefined;
      const number = Number(text);
      const isWhole = type === NUMBER ? Number.isFinite(number) : /^-?\d{1,15}$/.test(text);
      if (!isWhole) return `${name} takes a whole number.`;
      const { min_value: least = -Infinity, max_value: most = Infinity } = option;
      if (number < least) return `${name} must be ${least} or more.`;
      if (number > most) return `${name} must be ${most} or less.`;
      return undefined;
    },
  };
}
