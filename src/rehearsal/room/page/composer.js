/** @import { AnswerTold, RoomView } from '../told.ts' */
/** @import { OfferedCommand } from '../../offered.ts' */
/** @import { Field } from './field.js' */

import { byId, element } from './element.js';
import { createField } from './field.js';
import { comboInput, createSuggestions } from './suggestions.js';

const SLASH = 1;
/** Discord's limit for a message, in characters. */
const MESSAGE_LENGTH = 2000;

/**
 * Where readers write: plain text or, after a slash, a command with its options.
 *
 * @param {(asked: Record<string, unknown>) => Promise<AnswerTold>} ask
 */
export function createComposer(ask) {
  const suggestions = createSuggestions();
  const text = comboInput({
    class: 'say',
    maxlength: MESSAGE_LENGTH,
    'aria-describedby': 'notice',
  });
  const command = element('div', { class: 'command', hidden: true });
  const send = element('button', { type: 'submit', class: 'icon', 'aria-label': 'Send' }, '➤');
  const form = element('form', { class: 'line' }, text, command, send);
  const notice = element('p', { id: 'notice', role: 'alert' });
  byId('composer', HTMLElement).append(suggestions.box, form, notice);

  /** @type {readonly OfferedCommand[]} */
  let commands = [];
  /** @type {{ command: OfferedCommand, fields: Field[] } | undefined} */
  let open;

  /** @param {string} sentence */
  const say = (sentence) => {
    notice.textContent = sentence;
  };

  /** @param {AnswerTold} answer */
  function report({ refused, failed }) {
    if (refused) say(refused);
    if (failed) say('The application did not respond.');
  }

  function suggestCommands() {
    const [, typed] = /^\/(.*)$/.exec(text.value) ?? [];
    if (typed === undefined) return suggestions.hide();
    const matching = commands.filter(({ name }) => name.startsWith(typed.toLowerCase()));
    const items = matching.map((one) => ({
      name: `/${one.name}`,
      about: [one.description, ...one.options.map(({ name }) => `‹${name}›`)].join(' '),
      pick: () => choose(one),
    }));
    suggestions.show(text, 'Commands of Lamplight', items, true);
  }

  /** @param {OfferedCommand} picked */
  function choose(picked) {
    suggestions.hide();
    text.value = `/${picked.name}`;
    text.focus();
    if (picked.options.length > 0) fill(picked);
  }

  /**
   * @param {OfferedCommand} picked
   * @param {string} [typed] its options, as in `story:lighthouse from:3`
   */
  function fill(picked, typed = '') {
    const written = writtenValues(typed, picked);
    const required = [...picked.options].sort((a, b) => Number(b.required) - Number(a.required));
    const fields = required.map((option) =>
      createField(
        option,
        { suggestions, complete: (focused) => complete(focused.name) },
        written.get(option.name),
      ),
    );
    open = { command: picked, fields };
    const leave = element(
      'button',
      { type: 'button', class: 'chip', 'aria-label': `Leave /${picked.name}` },
      `/${picked.name} ✕`,
    );
    leave.addEventListener('click', () => clear());
    command.replaceChildren(leave, ...fields.map(({ box }) => box));
    command.hidden = false;
    text.hidden = true;
    fields[0]?.input.focus();
  }

  function values() {
    const filled = (open?.fields ?? []).flatMap((field) => {
      const value = field.value();
      return value === undefined ? [] : [[field.option.name, value]];
    });
    return Object.fromEntries(filled);
  }

  /** @param {string} focused */
  async function complete(focused) {
    const { choices = [] } = await ask({
      ask: 'type',
      command: open?.command.name,
      values: values(),
      focused,
    });
    return choices;
  }

  function clear() {
    open = undefined;
    suggestions.hide();
    command.hidden = true;
    command.replaceChildren();
    text.hidden = false;
    text.value = '';
    text.focus();
  }

  async function submit() {
    say('');
    if (open) {
      const wrong = open.fields.find((field) => field.problem());
      if (wrong) {
        wrong.input.setAttribute('aria-invalid', 'true');
        wrong.input.focus();
        return say(wrong.problem() ?? '');
      }
      const asked = { ask: 'slash', command: open.command.name, values: values() };
      clear();
      return report(await ask(asked));
    }
    const typed = text.value.trim();
    const named = commands.find(({ name }) => typed === `/${name}`);
    if (named?.options.length) return fill(named);
    if (!named && /^\/\S*$/.test(typed)) return say(`There is no command ${typed}.`);
    clear();
    if (named) report(await ask({ ask: 'slash', command: named.name, values: {} }));
    else if (typed) report(await ask({ ask: 'say', text: typed }));
  }

  text.addEventListener('input', () => {
    say('');
    const { value } = text;
    const found = commands.find(
      ({ name, options }) => value.startsWith(`/${name} `) && options.length > 0,
    );
    if (found) fill(found, text.value);
    else suggestCommands();
  });
  text.addEventListener('blur', () => suggestions.hide());
  form.addEventListener('keydown', (event) => {
    if (event.isComposing || suggestions.key(event)) return;
    const first = open?.fields[0]?.input;
    const isLeaving = event.key === 'Backspace' && event.target === first && first?.value === '';
    if (open && (event.key === 'Escape' || isLeaving)) {
      event.preventDefault();
      clear();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  return {
    report,
    say,

    /** @param {RoomView} room */
    enter(room) {
      commands = room.commands.filter(({ type }) => type === SLASH);
      const where = room.channel.kind === 'dm' ? '@Lamplight' : `#${room.channel.name}`;
      text.placeholder = `Message ${where}, or / for commands`;
      text.setAttribute('aria-label', text.placeholder);
      say('');
    },

    /**
     * Opens a command for filling in, as if it had been typed.
     *
     * @param {string} name
     */
    begin(name) {
      const found = commands.find((one) => one.name === name);
      if (found) choose(found);
    },
  };
}

/**
 * The values in a command that was typed or pasted whole, by option.
 *
 * @param {string} typed
 * @param {OfferedCommand} command
 */
function writtenValues(typed, { options }) {
  const names = options.map(({ name }) => RegExp.escape(name)).join('|');
  const pattern = new RegExp(`\\s(${names}):\\s*"?(.*?)"?(?=\\s+(?:${names}):|\\s*$)`, 'g');
  return new Map([...typed.matchAll(pattern)].map(([, name = '', value = '']) => [name, value]));
}
