/** What a style says of a stretch of text; what it leaves open is absent. */
export interface Style {
  emphasis?: boolean;
  strong?: boolean;
  /** Stands on lines of its own. */
  block?: boolean;
  hidden?: boolean;
}

/** Styles by `.class` and `element.class`. */
export type Styles = ReadonlyMap<string, Style>;

const SELECTOR = /^[a-z][a-z0-9]*\.[\w-]+$|^\.[\w-]+$/i;

/**
 * The rules of a style sheet for a class, or an element with a class: whether it is slanted, bold, a
 * block of its own. All other selectors, conditions and what comes of their order are left aside.
 */
export function readStyles(css: string, styles: Map<string, Style>): void {
  for (const rule of withoutComments(css).split('}')) {
    // Of nested braces, as in `@media print { .a { … } }`, the innermost.
    const brace = rule.lastIndexOf('{');
    const isConditional = rule.indexOf('{') !== brace;
    if (brace < 0 || isConditional) continue;
    const style = readStyle(rule.slice(brace + 1));
    if (Object.keys(style).length === 0) continue;
    for (const selector of rule.slice(0, brace).split(',')) {
      const name = selector.trim();
      if (SELECTOR.test(name)) styles.set(name, { ...styles.get(name), ...style });
    }
  }
}

/** The declarations of one rule, or of a `style` attribute. */
export function readStyle(declarations: string): Style {
  const style: Style = {};
  for (const declaration of declarations.split(';')) {
    const colon = declaration.indexOf(':');
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim()
      .toLowerCase();
    switch (colon < 0 ? '' : declaration.slice(0, colon).trim().toLowerCase()) {
      case 'font-style':
        style.emphasis = /^(?:italic|oblique)/.test(value);
        break;
      case 'font-weight':
        style.strong = /^(?:bold|bolder|[6-9]00)$/.test(value);
        break;
      case 'display':
        style.block = value === 'block';
        style.hidden = value === 'none';
        break;
    }
  }
  return style;
}

/** The style of an element by its classes. */
export function styleOf(name: string, classes: readonly string[], styles: Styles): Style {
  const style: Style = {};
  if (styles.size === 0) return style;
  for (const one of classes) {
    Object.assign(style, styles.get(`.${one}`), styles.get(`${name}.${one}`));
  }
  return style;
}

function withoutComments(css: string): string {
  let text = '';
  for (let from = 0; from < css.length; ) {
    const start = css.indexOf('/*', from);
    if (start < 0) return text + css.slice(from);
    text += `${css.slice(from, start)} `;
    const end = css.indexOf('*/', start + 2);
    if (end < 0) return text;
    from = end + 2;
  }
  return text;
}
