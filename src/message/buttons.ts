import {
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Components } from '../reading/record.ts';

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
