import { isTold, type Standing, type Turn } from './record.ts';
import { type Answers, NoTurn, type Posts, Refused } from './turn.ts';

export interface Witnesses {
  readonly answers: Answers;
  readonly posts: Posts;
}

/**
 * What became of a turn's message: where it stands, or
 * - `untold`: it does not, and can't come to stand any more;
 * - `open`: there is no answer to the interaction, but one may still be on its way;
 * - `unfit`: there is a "thinking" that can't be finished with it, at least not by us.
 */
export type Fate = Standing | 'untold' | 'open' | 'unfit';

/**
 * Asks Discord for a turn's fate; a deferral that is still "thinking" is finished by editing the
 * message in. `after` is the message before it in the channel. Throws `NoTurn` where Discord can't
 * be asked.
 */
export async function askFate(
  { answers, posts }: Witnesses,
  channelId: string,
  turn: Turn,
  after: string | undefined,
): Promise<Fate> {
  const { token, nonce } = turn;
  try {
    if (nonce !== undefined) {
      const id = await posts.settle(channelId, { ...turn, nonce }, after);
      return id === undefined ? 'untold' : standing(turn, id);
    }
    if (token === undefined) return 'untold';
    const original = await answers.original(token);
    if (original === 'expired') return 'untold';
    if (original === 'absent') return 'open';
    if (!original.thinking) return isTold(turn, original) ? standing(turn, original.id) : 'untold';
    // Finished above the newest message, it would stand in the wrong place.
    if (!isBelow(original.id, after)) return 'unfit';
    return standing(turn, await answers.edit(token, turn.body));
  } catch (error) {
    if (error instanceof Refused) return nonce === undefined ? 'unfit' : 'untold';
    throw new NoTurn('unsettled', { cause: error });
  }
}

/** Whether a message stands below another; Discord numbers them in their order. */
export function isBelow(id: string, other: string | undefined): boolean {
  return other === undefined || BigInt(id) > BigInt(other);
}

/** The turn's message where it stands, its id as far as Discord told it. */
export function standing({ at, token }: Turn, id: string | undefined): Standing {
  return { at, ...(token !== undefined && { token }), ...(id !== undefined && { id }) };
}
