import { fitsMessage } from '../src/message/fits.ts';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import type { Answer } from '../src/rehearsal/discord/interactions.ts';
import { Flag, type Message } from '../src/rehearsal/discord/wire.ts';
import type { Channel } from '../src/rehearsal/discord/world.ts';
import { storyOf } from '../src/story/in-memory.ts';
import { createLibrary, type Library } from '../src/story/library.ts';
import { parseStory } from '../src/story/parse.ts';

/**
 * What everybody sees in a channel, oldest first: the number of a passage, '7–9' for a page,
 * 'thinking' for a deferral that is not finished, the first line of anything else.
 */
export function seen(discord: Discord, channel: Channel): (number | string)[] {
  return discord.messages(channel).map(({ content, flags }) => {
    if (flags & Flag.loading) return 'thinking';
    const [, from, to] = / · (\d+–)?(\d+) of \d+$/.exec(content) ?? [];
    if (from !== undefined) return `${from}${to}`;
    return to ? Number(to) : (content.split('\n')[0] ?? '');
  });
}

/** The numbers of the passages told in a channel, in the order in which they stand there. */
export function told(discord: Discord, channel: Channel): number[] {
  return seen(discord, channel).filter((one) => typeof one === 'number');
}

/** The labels of a message's buttons. */
export function labels({ components }: Message): string[] {
  return components.flatMap((row) => row.components ?? []).flatMap(({ label }) => label ?? []);
}

/** The custom id of a message's first button. */
export function firstButton({ components }: Message): string {
  const id = components[0]?.components?.[0]?.custom_id;
  if (!id) throw new Error('This message has no button.');
  return id;
}

/** Which of a channel's messages, counted from the newest, still carry buttons: [0] when all is well. */
export function buttoned(discord: Discord, channel: Channel): number[] {
  return discord
    .messages(channel)
    .toReversed()
    .flatMap((message, age) => (labels(message).length > 0 ? [age] : []));
}

/** The message that was answered with. Throws when there is none. */
export function messageOf(answer: Answer): Message {
  if (answer.kind === 'message' || answer.kind === 'update') return answer.message;
  throw new Error(`Answered with no message: ${answer.kind}`);
}

/** The answer in a few words: a passage's number, any other message's text, or its kind. */
export function brief(answer: Answer): number | string {
  if (answer.kind !== 'message') return answer.kind;
  const { content } = answer.message;
  const [, passage] = (!answer.private && / · (\d+) of \d+$/.exec(content)) || [];
  return passage ? Number(passage) : content;
}

/** A library of stories made of markdown texts, by slug. */
export function libraryOf(texts: Readonly<Record<string, string>>): Library {
  return createLibrary(
    Object.entries(texts).map(([slug, text]) =>
      storyOf(parseStory({ name: `${slug}.md`, text }, fitsMessage)),
    ),
  );
}

/** A story's text of `count` short passages: "Passage 1 of the tale.", ... */
export function tale(count: number, title = 'A Tale'): string {
  const passages = Array.from({ length: count }, (_, at) => `Passage ${at + 1} of the tale.`);
  return `# ${title}\n\n${passages.join('\n\n')}\n`;
}
