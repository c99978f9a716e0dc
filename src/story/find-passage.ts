import { firstSlice } from './slices.ts';
import type { Passage, Story } from './story.ts';

/**
 * The passage for which `isIt`, up to passage `last`, nearest to passage `near`. Takes turns of the
 * event loop while it looks: an edited story can be long.
 */
export async function findPassage(
  story: Story,
  { near, last }: { readonly near: number; readonly last: number },
  isIt: (passage: Passage) => boolean,
): Promise<Passage | undefined> {
  const end = Math.min(last, story.length);
  const slice = await firstSlice();
  for (let away = 0; near - away > 0 || near + away <= end; away++) {
    for (const number of new Set([near - away, near + away])) {
      const passage = number <= end ? story.passage(number) : undefined;
      if (passage !== undefined && isIt(passage)) return passage;
    }
    if (slice.isOver()) await slice.next();
  }
  return undefined;
}
