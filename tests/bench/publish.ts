import { mkdir, readFile, writeFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);
const BEGIN = '<!-- bench: written by npm run bench -- --write -->';
const END = '<!-- /bench -->';

/** A part of the report. */
export interface Section {
  readonly title: string;
  readonly text: string;
  /** An SVG image under it, by the name of its file. */
  readonly plots: Readonly<Record<string, string>>;
}

/** Writes everything to docs/bench.md, its images beside it, and the first section into the README. */
export async function publish(facts: string, sections: readonly Section[]): Promise<void> {
  await mkdir(new URL('docs/', ROOT), { recursive: true });
  for (const { plots } of sections) {
    for (const [name, svg] of Object.entries(plots)) {
      await writeFile(new URL(`docs/${name}`, ROOT), svg);
    }
  }
  const page = sections.map((section) => `## ${section.title}\n\n${markdown(section, '')}`);
  const head = '# What `npm run bench` measured';
  await writeFile(new URL('docs/bench.md', ROOT), `${[head, facts, ...page].join('\n\n')}\n`);
  const [first] = sections;
  if (first !== undefined) await writeReadme(`${facts}\n\n${markdown(first, 'docs/')}`);
}

function markdown({ title, text, plots }: Section, folder: string): string {
  const images = Object.keys(plots).map(
    (name) => `![${title}: the table's figures as a plot](${folder}${name})`,
  );
  return [text, ...images].join('\n\n');
}

async function writeReadme(text: string): Promise<void> {
  const place = new URL('README.md', ROOT);
  const readme = await readFile(place, 'utf8');
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} with ${END} after it`);
  const kept = [readme.slice(0, from + BEGIN.length), readme.slice(to)];
  await writeFile(place, kept.join(`\n\n${text}\n\n`));
}
