import type { MessageBody } from '../../src/reading/record.ts';
import type { Pool } from './pool.ts';

/** What Discord knows of an interaction. */
export interface Ask {
  /** Its three seconds are not over. */
  readonly open: boolean;
  readonly says: 'nothing' | 'thinking' | 'refusal' | 'the pressed message' | 'a passage' | 'gone';
  /** The answer's place among the channel's messages, from 1; its message's id too. */
  readonly place?: number;
  readonly body?: number;
  /** Discord refused its passage: it would again, whoever sends it. */
  readonly isBarred?: true;
  /** A follow-up with a passage. */
  readonly beside?: { readonly place: number; readonly body: number };
}

/** All that Discord knows: the interactions, and with their answers the channel's messages. */
export type Asks = readonly Ask[];

export type Original =
  | { readonly is: 'absent' }
  | { readonly is: 'thinking' | 'message'; readonly id: string; readonly content: string };

export const UNASKED: Ask = { open: true, says: 'nothing' };

/**
 * What holds once Discord has taken a first answer, a deferral without a body; `undefined` where
 * it does not take one, since the three seconds are over or there is an answer.
 */
export function takeFirst(asks: Asks, index: number, body?: number): Asks | undefined {
  const ask = asks[index];
  if (!ask?.open || ask.says !== 'nothing') return undefined;
  const place = nextPlace(asks);
  return asks.with(
    index,
    body === undefined
      ? { ...ask, says: 'thinking', place }
      : { ...ask, says: 'a passage', place, body },
  );
}

/** Once the original response is edited; `undefined` where there is none. */
export function takeEdit(asks: Asks, index: number, body: number): Asks | undefined {
  const ask = asks[index];
  if (ask?.place === undefined || ask.says === 'gone') return undefined;
  return asks.with(index, { ...ask, says: 'a passage', body });
}

export function takeDeletion(asks: Asks, index: number): Asks | undefined {
  const ask = asks[index];
  if (ask?.place === undefined || ask.says === 'gone') return undefined;
  const { body: _, ...rest } = ask;
  return asks.with(index, { ...rest, says: 'gone' });
}

export function refusePassages(asks: Asks, index: number): Asks {
  return asks.map((ask, at) => (at === index ? { ...ask, isBarred: true } : ask));
}

/** Once a first answer is taken that is no message for everybody. */
export function takeQuiet(
  asks: Asks,
  index: number,
  says: 'refusal' | 'the pressed message',
): Asks | undefined {
  const ask = asks[index];
  if (!ask?.open || ask.says !== 'nothing') return undefined;
  return asks.with(index, { ...ask, says });
}

export function takeBeside(asks: Asks, index: number, body: number): Asks | undefined {
  const ask = asks[index];
  if (ask === undefined || ask.says === 'nothing') return undefined;
  return asks.with(index, { ...ask, beside: { place: nextPlace(asks), body } });
}

export function originalOf(asks: Asks, index: number, bodies: Pool<MessageBody>): Original {
  const ask = asks[index];
  if (ask === undefined || ask.says === 'nothing' || ask.says === 'gone') return { is: 'absent' };
  const id = String(ask.place ?? 0);
  if (ask.says === 'thinking') return { is: 'thinking', id, content: '' };
  return {
    is: 'message',
    id,
    content: ask.body === undefined ? 'no passage' : contentOf(ask.body),
  };

  function contentOf(body: number): string {
    return bodies.value(body).content;
  }
}

/** The numbers of the passages in the channel, as they stand there. */
export function toldIn(asks: Asks, bodies: Pool<MessageBody>): number[] {
  return asks
    .flatMap(({ says, place = 0, body, beside }) => [
      ...(says === 'a passage' && body !== undefined ? [{ place, body }] : []),
      ...(beside ? [beside] : []),
    ])
    .toSorted((a, b) => a.place - b.place)
    .map(({ body }) => Number(/ (\d+) of \d+$/.exec(bodies.value(body).content)?.[1]));
}

function nextPlace(asks: Asks): number {
  return 1 + Math.max(...asks.map(({ place = 0, beside }) => Math.max(place, beside?.place ?? 0)));
}
