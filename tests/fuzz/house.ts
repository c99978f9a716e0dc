import type { Answer } from '../../src/rehearsal/discord/interactions.ts';
import type { Message } from '../../src/rehearsal/discord/wire.ts';
import type { Channel } from '../../src/rehearsal/discord/world.ts';
import { type House, type HouseOptions, openHouse } from '../harness.ts';
import { brief, libraryOf, messageOf, tale } from '../seen.ts';
import type { OpenTarget } from './target.ts';

/** The bot in its house, with a room to do harm in and a witness who reads on in another. */
export interface FuzzedHouse extends House {
  readonly room: Channel;
  /** A passage with its buttons, in the room. */
  readonly passage: Message;
  /** Throws unless the witness gets the next passage. */
  check(): Promise<void>;
}

/** A witness looks once in so many inputs: enough for all of them. */
const WITNESSED = 20_000;

/** Begins the tale in the room and in the witness's channel, before `forge` may change what is sent. */
export async function openFuzzedHouse(
  onFinished: Parameters<OpenTarget>[0],
  forge: (interaction: object) => void = () => {},
  options: HouseOptions = {},
): Promise<FuzzedHouse> {
  let isOpen = false;
  const library = libraryOf({ tale: tale(60), other: tale(3, 'Another'), long: tale(WITNESSED) });
  const house = await openHouse(
    { ...options, library, discord: { respondWithin: 15_000 } },
    onFinished,
  );
  const { discord } = house;
  // Heard before it is sent.
  discord.events.on('interaction', (_, payload) => {
    if (isOpen) forge(payload);
  });
  const [room, quiet] = [discord.channel('room'), discord.channel('quiet')];
  const [ann, witness] = [discord.user('Ann'), discord.user('Witness')];
  await ann.slash(room, 'read', { story: 'tale' });
  const passage = messageOf(await ann.slash(room, 'next'));
  await witness.slash(quiet, 'read', { story: 'long' });
  isOpen = true;
  let told = 0;
  return {
    ...house,
    room,
    passage,
    async check() {
      isOpen = false;
      told += 1;
      const says = brief(await witness.slash(quiet, 'next'));
      if (says !== told) throw new Error(`the witness got ${says} in place of passage ${told}`);
      isOpen = true;
    },
  };
}

/** Throws where somebody was left without an answer. */
export function assertAnswered(answer: Answer): void {
  if (answer.kind === 'failed' || answer.kind === 'thinking') {
    throw new Error(`left without an answer: ${answer.kind}`);
  }
}
