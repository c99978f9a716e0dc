import type { HtmlPage } from './html-page.ts';
import { type Node, textOf } from './html-tree.ts';
import { languageTag } from './language-tag.ts';
import type { Manuscript, Remark } from './manuscript.ts';
import { ratingNamed, strictest } from './rating-names.ts';

type Facts = Omit<Manuscript, 'blocks' | 'leftOut'>;

/**
 * What an HTML document says of itself. Its title is its `<meta>` for libraries; else its first
 * `<h1>` if the `<title>` holds it (with the site's name, mostly); else the `<title>`; else `og:title`
 * or the first `<h1>`.
 */
export function factsOfPage({ head, children }: HtmlPage): Facts {
  const meta = (...names: string[]) =>
    names.flatMap((name) => head.metas.get(name) ?? []).find((content) => content !== '');
  const heading = firstHeading(children);
  const isInTitle = heading !== '' && head.title.includes(heading);

  return defined({
    title:
      meta('dc.title', 'dcterms.title') ??
      ((isInTitle ? heading : head.title) || (meta('og:title') ?? (heading || undefined))),
    author: meta('author', 'dc.creator', 'dcterms.creator'),
    language: languageTag(head.language || meta('dc.language', 'dcterms.language')),
    summary: meta('description', 'dc.description', 'dcterms.description', 'og:description'),
    rights:
      meta('copyright', 'rights', 'dc.rights', 'dcterms.rights', 'dcterms.license') ?? head.license,
    rating: strictest((head.metas.get('rating') ?? []).map(ratingNamed)),
  });
}

/** What of a document is not told, in sentences. */
export function remarksOf(skipped: HtmlPage['skipped'], isArchived: boolean): Remark[] {
  const remarks: string[] = [];
  if (isArchived) {
    remarks.push(
      "The archive's own page is not told: title, tags, statistics, where it was posted.",
    );
  }
  if (skipped.navigation > 0) remarks.push('The navigation (<nav>) is not told.');
  if (skipped.hidden > 0) {
    remarks.push(
      skipped.hidden === 1
        ? 'A hidden part is not told.'
        : `${skipped.hidden} hidden parts are not told.`,
    );
  }
  return remarks.map((text) => ({ text }));
}

/** Without what is not known. */
export function defined(facts: { readonly [Key in keyof Facts]?: Facts[Key] | undefined }): Facts {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known);
}

function firstHeading(nodes: readonly Node[]): string {
  for (const node of nodes) {
    if (node.kind !== 'box') continue;
    const text = node.name === 'h1' ? textOf(node) : firstHeading(node.children);
    if (text !== '') return text.replace(/\s+/g, ' ');
  }
  return '';
}
