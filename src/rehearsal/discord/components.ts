/** Discord's rules for a message's components that its schemas don't hold: docs.discord.com, "Component Reference". */

import type { FieldError } from './refusal.ts';
import { field } from './schema.ts';
import type { Component } from './wire.ts';

const ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const SELECTS: readonly number[] = [3, 5, 6, 7, 8];
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;
const MAX_ROWS = 5;
const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;
const EMOJI = /^\p{RGI_Emoji}$/v;

type Path = readonly (string | number)[];
interface Placed {
  readonly component: Component;
  readonly path: Path;
}

/** What is wrong with a message's components; `v2` says whether the message carries IS_COMPONENTS_V2. */
export function componentErrors(
  components: readonly Component[],
  v2: boolean,
  at: Path,
): FieldError[] {
  const all = [...walk(components, [...at, 'components'])];
  return [
    ...shape(components, all, v2, [...at, 'components']),
    ...all.flatMap((placed) => [...single(placed)]),
    ...duplicates(all),
  ];
}

/** Every component of a tree, the containers included, in the order they show. */
export function* flatten(components: readonly Component[]): Generator<Component> {
  for (const { component } of walk(components, [])) yield component;
}

function* walk(components: readonly Component[], path: Path): Generator<Placed> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield { component, path: here };
    yield* walk(component.components ?? [], [...here, 'components']);
    if (component.accessory) {
      yield { component: component.accessory, path: [...here, 'accessory'] };
    }
  }
}

function* shape(
  top: readonly Component[],
  all: readonly Placed[],
  v2: boolean,
  path: Path,
): Generator<FieldError> {
  if (v2) {
    if (all.length > MAX_COMPONENTS) {
      yield field(
        path,
        'COMPONENT_MAX_TOTAL_COMPONENTS',
        `Must be ${MAX_COMPONENTS} or fewer in length.`,
      );
    }
    const text = all.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0);
    if (text > MAX_TEXT) {
      yield field(
        path,
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `Message displayable text size cannot exceed ${MAX_TEXT}.`,
      );
    }
    return;
  }
  if (top.length > MAX_ROWS) {
    yield field(path, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MAX_ROWS} in length.`);
  }
  for (const [index, component] of top.entries()) {
    if (component.type !== ROW) {
      yield field(
        [...path, index, 'type'],
        'UNION_TYPE_CHOICES',
        'Value of field "type" must be one of (1,).',
      );
    }
  }
}

function* single({ component, path }: Placed): Generator<FieldError> {
  if (component.type === ROW) yield* row(component, path);
  if (component.type === BUTTON) yield* button(component, path);
  if (component.type === STRING_SELECT) yield* select(component, path);
  const emoji = component.emoji;
  // The rehearsal's application has no emoji of its own, so an id can't be a known one.
  if (emoji && (emoji.id || !EMOJI.test(emoji.name))) {
    yield field([...path, 'emoji', 'name'], 'COMPONENT_INVALID_EMOJI', 'Invalid emoji');
  }
}

function* row({ components = [] }: Component, path: Path): Generator<FieldError> {
  const selects = components.filter(({ type }) => SELECTS.includes(type)).length;
  if (selects > 0 && components.length > 1) {
    yield field(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  }
}

function* button(component: Component, path: Path): Generator<FieldError> {
  const { style, custom_id, url, label, emoji, sku_id } = component;
  const required = (name: string) =>
    field([...path, name], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (style === PREMIUM_STYLE) {
    if (!sku_id) yield required('sku_id');
    return;
  }
  if (style === LINK_STYLE) {
    if (!url) yield required('url');
    if (custom_id) {
      yield field(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  } else {
    if (!custom_id) yield required('custom_id');
    if (url) {
      yield field(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  }
  if (!label?.trim() && !emoji) yield required('label');
}

function* select(component: Component, path: Path): Generator<FieldError> {
  const { options = [], min_values, max_values } = component;
  const most = max_values ?? 1;
  if (most > options.length) {
    yield field(
      [...path, 'max_values'],
      'NUMBER_TYPE_MAX',
      `int value should be less than or equal to ${options.length}.`,
    );
  }
  if ((min_values ?? 1) > most) {
    yield field(
      [...path, 'min_values'],
      'NUMBER_TYPE_MAX',
      `int value should be less than or equal to ${most}.`,
    );
  }
  if (options.filter((option) => option.default).length > most) {
    yield field(
      [...path, 'options'],
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      'There are more default values than allowed',
    );
  }
  const seen = new Set<string>();
  for (const [index, { value, emoji }] of options.entries()) {
    if (seen.has(value)) {
      yield field(
        [...path, 'options', index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    seen.add(value);
    if (emoji && (emoji.id || !EMOJI.test(emoji.name))) {
      yield field(
        [...path, 'options', index, 'emoji', 'name'],
        'COMPONENT_INVALID_EMOJI',
        'Invalid emoji',
      );
    }
  }
}

function* duplicates(all: readonly Placed[]): Generator<FieldError> {
  const seen = new Set<string>();
  for (const { component, path } of all) {
    const id = component.custom_id;
    if (!id) continue;
    if (seen.has(id)) {
      yield field(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    }
    seen.add(id);
  }
}
