import { mkdir, readFile, writeFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);
const BEGIN = '<!-- bench: written by npm run bench -- --write -->';
const END = '<!-- /bench -->';

/** A part of the report. */
export interface Section {
  readonly title: string;
  readonly text: string;
  /** What the README shows of it. */
  readonly short: string;
  readonly images: readonly Image[];
}

export interface Image {
  /** The name of its file. */
  readonly name: string;
  readonly description: string;
  readonly svg: string;
}

/** Writes everything to docs/bench.md, its images beside it, and what is short into the README. */
export async function publish(facts: string, sections: readonly Section[]): Promise<void> {
  await mkdir(new URL('docs/', ROOT), { recursive: true });
  for (const { name, svg } of sections.flatMap(({ images }) => images)) {
    await writeFile(new URL(`docs/${name}`, ROOT), svg);
  }
  const shown = (images: readonly Image[], folder: string) =>
    images.map(({ name, description }) => `![${description}](${folder}${name})`);
  const page = sections.flatMap(({ title, text, images }) => [
    `## ${title}`,
    text,
    ...shown(images, ''),
  ]);
  const whole = ['# What `npm run bench` measured', facts, ...page].join('\n\n');
  await writeFile(new URL('docs/bench.md', ROOT), `${whole}\n`);
  const short = sections.flatMap(({ short, images }) => [short, ...shown(images, 'docs/')]);
  await writeReadme([facts, ...short].join('\n\n'));
}

async function writeReadme(text: string): Promise<void> {
  const place = new URL('README.md', ROOT);
  const readme = await readFile(place, 'utf8');
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} with ${END} after it`);
  const kept = [readme.slice(0, from + BEGIN.length), readme.slice(to)];
  await writeFile(place, kept.join(`\n\n${text}\n\n`));
}
