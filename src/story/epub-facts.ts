import { defined } from './html-facts.ts';
import { languageTag } from './language-tag.ts';
import type { Manuscript } from './manuscript.ts';
import { ratingNamed, ratingTagged, strictest } from './rating-names.ts';
import type { Rating } from './story.ts';
import { elementsNamed, type XmlElement } from './xml-tree.ts';

type Facts = Omit<Manuscript, 'blocks' | 'leftOut'>;

/**
 * What an EPUB's metadata say, in EPUB 3's form (`<meta refines>`) or EPUB 2's (`opf:role`). Of
 * several titles the main one; of the creators the authors.
 * @param plain the text of a description, which can be HTML
 */
export function factsOfMetadata(metadata: XmlElement, plain: (html: string) => string): Facts {
  const texts = (name: string) =>
    elementsNamed(metadata, name)
      .map(({ text }) => text)
      .filter((text) => text !== '');
  const metas = elementsNamed(metadata, 'meta');
  const property = (name: string) =>
    metas.filter(({ attributes }) => attributes['property'] === name).map(({ text }) => text);
  const refinements = new Map(
    metas.map(({ attributes, text }) => [
      `${attributes['refines']} ${attributes['property']}`,
      text,
    ]),
  );
  const refined = ({ attributes: { id } }: XmlElement, name: string) =>
    id === undefined ? undefined : refinements.get(`#${id} ${name}`);

  const titles = elementsNamed(metadata, 'title').filter(({ text }) => text !== '');
  const main = titles.find((title) => refined(title, 'title-type') === 'main') ?? titles[0];
  const authors = elementsNamed(metadata, 'creator').filter((creator) => {
    const role = creator.attributes['role'] ?? refined(creator, 'role');
    return creator.text !== '' && (role === undefined || role === 'aut');
  });
  const license = elementsNamed(metadata, 'link').find(
    ({ attributes }) =>
      /(?:^|\s)(?:cc:|dcterms:)?license$/.test(attributes['rel'] ?? '') &&
      attributes['refines'] === undefined,
  );

  return defined({
    title: main?.text,
    author: [...new Set(authors.map(({ text }) => text))].join(', '),
    language: languageTag(texts('language')[0]),
    summary: plain(texts('description')[0] ?? ''),
    source: texts('source')[0] ?? texts('identifier').find((text) => /^https?:/.test(text)),
    rights: texts('rights').join(' ') || license?.attributes['href'],
    rating: strictest([
      ratingTagged(texts('subject')),
      ...[...texts('audience'), ...property('dcterms:audience')].map(ratingNamed),
      ...property('schema:typicalAgeRange').map(ratingByAge),
      ...[...property('rating'), ...named(metas, 'rating')].map(ratingNamed),
    ]),
  });
}

function named(metas: readonly XmlElement[], name: string): string[] {
  return metas
    .filter(({ attributes }) => attributes['name'] === name)
    .map(({ attributes }) => attributes['content'] ?? '');
}

/** schema.org's typicalAgeRange: `7-9`, `18-`, `18+`. */
function ratingByAge(range: string): Rating | undefined {
  const youngest = Number.parseInt(range, 10);
  if (Number.isNaN(youngest)) return undefined;
  if (youngest >= 18) return 'mature';
  return youngest >= 13 ? 'teen' : 'general';
}
