import type { Component } from '../discord/wire.ts';
import { marksOf, type Names } from '../markdown.ts';
import type { ButtonPart, Part } from './told.ts';

/** Component types: docs.discord.com, "Component Reference". */
const Type = {
  row: 1,
  button: 2,
  select: 3,
  section: 9,
  text: 10,
  separator: 14,
  box: 17,
} as const;
const STYLES: Record<number, ButtonPart['style']> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'link',
};

/** A message's components as the page shows them; those that it can't show are left out. */
export function partsOf(components: readonly Component[] | undefined, names: Names): Part[] {
  return (components ?? []).flatMap((component) => partOf(component, names) ?? []);
}

function partOf(component: Component, names: Names): Part | undefined {
  const { type, components, accessory, content } = component;
  const inside = () => partsOf(components, names);
  switch (type) {
    case Type.row:
      return { part: 'row', inside: inside() };
    case Type.button:
      return {
        part: 'button',
        label: [component.emoji?.name, component.label].filter(Boolean).join(' '),
        style: STYLES[component.style ?? 2] ?? 'secondary',
        customId: component.custom_id ?? '',
        url: component.url ?? '',
        disabled: component.disabled ?? false,
      };
    case Type.select:
      return {
        part: 'select',
        customId: component.custom_id ?? '',
        placeholder: component.placeholder ?? 'Make a selection',
        many: (component.max_values ?? 1) > 1,
        disabled: component.disabled ?? false,
        options: (component.options ?? []).map(({ label, value, description, ...option }) => ({
          label,
          value,
          description: description ?? '',
          chosen: option.default ?? false,
        })),
      };
    case Type.text:
      return { part: 'text', marks: marksOf(content ?? '', names) };
    case Type.section: {
      const [beside] = partsOf(accessory ? [accessory] : [], names);
      return { part: 'section', inside: inside(), ...(beside ? { beside } : {}) };
    }
    case Type.separator:
      return { part: 'rule' };
    case Type.box:
      return { part: 'box', inside: inside() };
    default:
      return undefined;
  }
}
