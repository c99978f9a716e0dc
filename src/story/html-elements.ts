import type { Attributes } from './markup.ts';
import { readStyle, type Style, type Styles, styleOf } from './styles.ts';

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li listing ' +
    'main menu ol optgroup option p plaintext pre search section summary table tbody td tfoot ' +
    'th thead tr ul xmp text'
  ).split(' '),
);
const EMPHASIS = new Set('em i cite dfn var'.split(' '));
const STRONG = new Set('b strong'.split(' '));
// Not for readers, or for those only whose device can't show the rest. `rp` is for browsers
// without ruby, `epub:case` for readers of one kind; `epub:default` serves everybody.
const SILENT = new Set(
  'script style template title iframe noembed noframes datalist rp desc metadata defs annotation annotation-xml epub:case'.split(
    ' ',
  ),
);
const REFERENCE = /^(?:noteref|annoref|footnote-?ref|endnote-?ref|fnref)$/i;
const PAGE = /^(?:page-?break|page-?num(?:ber)?|page-?no)$/i;

export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

export function isSilent(name: string): boolean {
  return SILENT.has(name);
}

export function isPreformatted(name: string): boolean {
  return name === 'pre' || name === 'listing' || name === 'xmp' || name === 'plaintext';
}

/** Whether an element is hidden by its attributes. */
export function isHidden(attributes: Attributes): boolean {
  const { hidden, style } = attributes;
  return hidden !== undefined || (style !== undefined && readStyle(style).hidden === true);
}

/** The words of an attribute. */
export function tokens(value: string | undefined): readonly string[] {
  if (value === undefined) return NONE;
  return value.split(/\s+/).filter((token) => token !== '');
}

const NONE: readonly string[] = [];

/** Whether a link is known to lead to a note. */
export function isReference(attributes: Attributes): boolean {
  return attributes['role'] === 'doc-noteref' || isOfKind(attributes, REFERENCE);
}

/** Whether an element holds the number of a printed edition's page. */
export function isPageBreak(attributes: Attributes): boolean {
  return attributes['role'] === 'doc-pagebreak' || isOfKind(attributes, PAGE);
}

function isOfKind(attributes: Attributes, kind: RegExp): boolean {
  const isKind = (token: string) => kind.test(token);
  return tokens(attributes['epub:type']).some(isKind) || tokens(attributes['class']).some(isKind);
}

/**
 * How an inline element's text is emphasised: as its `style` attribute says, else the style sheet's
 * rule for its class, else its name.
 */
export function inlineStyle(name: string, attributes: Attributes, styles: Styles): Style {
  const { class: classes, style } = attributes;
  return {
    ...(EMPHASIS.has(name) && { emphasis: true }),
    ...(STRONG.has(name) && { strong: true }),
    ...(classes !== undefined && styleOf(name, tokens(classes), styles)),
    ...(style !== undefined && readStyle(style)),
  };
}
