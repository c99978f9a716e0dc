import {
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Components } from '../reading/record.ts';
import type { Words } from '../words/words.ts';

type Label = 'begin' | 'next' | 'quote';

const labels = new WeakMap<Words, Partial<Record<Label, string>>>();

/** A label that is on every passage, kept: looking one up takes i18next a tenth of a whole turn. */
export function label(name: Label, words: Words): string {
  const known = labels.get(words) ?? {};
  labels.set(words, known);
  known[name] ??= words(`buttons.${name}`);
  return known[name];
}

/** A custom id as the router reads it: the command's name, then the button's whole state. */
export function customId(command: string, ...state: readonly (string | number)[]): string {
  return [command, ...state].join(':');
}

export function button(
  label: string,
  id: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Primary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: id };
}

/** One row of buttons; no row at all without any, since Discord refuses an empty one. */
export function row(...components: APIComponentInMessageActionRow[]): Components {
  return components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }];
}
