/**
 * Makes an element. Attributes that are `false`, `null` or `undefined` are left out, `true` ones
 * stand alone; children that are strings become text, never HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} called ${id}.`);
  return found;
}

/**
 * A round picture for somebody: the bot's lamp, or a reader's initial on a colour of their own.
 *
 * @param {{ name: string, bot?: boolean }} somebody
 * @returns {HTMLElement}
 */
export function avatar({ name, bot = false }) {
  if (bot) return element('img', { class: 'avatar', src: 'lamp.svg', alt: '' });
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const [initial = '?'] = name;
  const look = `avatar colour-${sum % 6}`;
  return element('span', { class: look, 'aria-hidden': 'true' }, initial.toUpperCase());
}
