import { passageMessage } from '../../src/message/passage.ts';
import { moveTo } from '../../src/reading/move.ts';
import {
  type ChannelRecord,
  commit,
  isTold,
  type MessageBody,
  type Reading,
  type Standing,
  type Turn,
  withdraw,
} from '../../src/reading/record.ts';
import type { Story } from '../../src/story/story.ts';
import { wordsFor } from '../../src/words/words.ts';
import type { Original } from './channel.ts';
import type { Rules } from './rules.ts';

/** What a process asks of the store, of Discord and of the clock, one at a time. */
export type Request =
  | { readonly do: 'load' }
  | { readonly do: 'write'; readonly over: ChannelRecord; readonly record: ChannelRecord }
  /** The interaction's own answer: its first, or the edit of its deferral. */
  | { readonly do: 'post'; readonly body: MessageBody }
  | { readonly do: 'edit'; readonly token: string; readonly body: MessageBody }
  | { readonly do: 'ask'; readonly token: string }
  /** Until an interaction's three seconds are over. */
  | { readonly do: 'wait'; readonly token: string }
  /** Takes the deferral back, where there is one. */
  | { readonly do: 'retract' }
  /** The same, where it must be known that it is gone. */
  | { readonly do: 'take back' }
  | { readonly do: 'delete'; readonly token: string }
  | { readonly do: 'refuse' }
  | { readonly do: 'clear' }
  | { readonly do: 'follow up'; readonly body: MessageBody }
  /** No request, only that all before this is summed up by the record. */
  | { readonly do: 'go on'; readonly with: ChannelRecord }
  /** Whether there was a deferral; from now on there will be none. */
  | { readonly do: 'look back' };

export type Reply =
  | { readonly record: ChannelRecord }
  | { readonly isWritten: boolean }
  | { readonly posted: string }
  | { readonly failed: 'refused' | 'answered' | 'unheard' }
  | { readonly original: Original }
  | { readonly isDeferred: boolean }
  | 'done';

/** An interaction as a process gets it. */
export interface Asked {
  readonly token: string;
  /** The serial in the button that was pressed; absent for a command. */
  readonly serial?: number;
}

type Program<Result> = Generator<Request, Result, Reply>;

/** Discord does not say what became of something. */
class Unsettled extends Error {}

const words = wordsFor('en');

/** One interaction's way through a process, as in readings.ts and answer.ts. */
export function* takeTurn(asked: Asked, story: Story, rules: Rules): Program<string> {
  try {
    return yield* take(asked, story, rules);
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    return yield* refuse();
  }
}

/** What a process does about the channel when it starts. */
export function* settleAtStart(rules: Rules): Program<string> {
  try {
    yield* settled(rules);
    return 'settled';
  } catch (error) {
    if (error instanceof Unsettled) return 'unsettled';
    throw error;
  }
}

function* take({ token, serial }: Asked, story: Story, rules: Rules): Program<string> {
  for (;;) {
    const record = yield* settled(rules);
    const reading = readingOf(record);
    const isStale = serial !== undefined && serial !== reading.serial;
    if (isStale || reading.position >= story.length) return yield* refuse();
    const next = reading.position + 1;
    const moved = moveTo(reading, story, { from: next, to: next }, 0);
    const turn: Turn = { at: 0, token, body: passageMessage(story, moved, words), reading: moved };
    if (rules.mistake === 'moves before it posts') {
      if (!(yield* write(record, commit(record, turn, { at: 0, token })))) continue;
      yield { do: 'post', body: turn.body };
      return 'told';
    }
    const pending = { ...record, turn };
    if (yield* write(record, pending)) return yield* post(pending, turn, rules);
  }
}

function* post(pending: ChannelRecord, turn: Turn, rules: Rules): Program<string> {
  if (rules.mistake === 'clears the pressed message first') yield { do: 'clear' };
  const how = rules.mistake === 'clears the pressed message first' ? 'follow up' : 'post';
  const reply = (yield* misplaced(pending, turn, rules)) ?? (yield { do: how, body: turn.body });
  if (typeof reply === 'object' && 'posted' in reply) {
    yield* move(pending, turn, standing(turn, reply.posted), rules);
    return 'told';
  }
  const failed = typeof reply === 'object' && 'failed' in reply ? reply.failed : 'unheard';
  const isCertain =
    failed === 'refused' ||
    (failed === 'answered' && rules.mistake === 'takes 40060 for a refusal');
  const fate = isCertain ? 'untold' : yield* lookFor(pending, turn, rules);
  if (typeof fate === 'object') {
    yield* move(pending, turn, fate, rules);
    return 'told';
  }
  const first = yield { do: 'look back' };
  const isDeferred = typeof first === 'object' && 'isDeferred' in first && first.isDeferred;
  // Somebody can be finishing the deferral.
  if (isDeferred && rules.marks) return yield* giveUp(turn);
  if (fate === 'unknown') return yield* refuse();
  if (!(yield* write(pending, withdraw(pending))) && isMoved(yield* load(), turn)) return 'told';
  return yield* refuse();
}

/** Why the interaction's deferral is no place for the passage; nothing where it is, or is none. */
function* misplaced(
  pending: ChannelRecord,
  { token = '' }: Turn,
  rules: Rules,
): Program<Reply | undefined> {
  const first = yield { do: 'look back' };
  if (typeof first !== 'object' || !('isDeferred' in first)) throw new Error('no look back');
  if (!rules.place || !first.isDeferred) return undefined;
  const reply = yield { do: 'ask', token };
  if (typeof reply !== 'object' || !('original' in reply)) return { failed: 'unheard' };
  const { original } = reply;
  if (original.is !== 'thinking') return { failed: 'unheard' };
  return isAbove(original.id, pending) ? { failed: 'refused' } : undefined;
}

/** The end of a turn whose deferral may stand. */
function* giveUp(turn: Turn): Program<string> {
  const record = yield* load();
  const isPending = record.turn?.token === turn.token && !record.turn?.isTakenBack;
  // Where somebody else has settled it, the deferral is theirs.
  if (!isPending) return 'unsettled';
  try {
    const isOver = (yield* takeBack(record, turn, { do: 'take back' })) !== undefined;
    return isOver ? 'refused' : 'unsettled';
  } catch (error) {
    if (error instanceof Unsettled) return 'unsettled';
    throw error;
  }
}

/** The record without a turn, once that is marked and what it left is deleted; nothing where somebody was faster. */
function* takeBack(
  record: ChannelRecord,
  turn: Turn,
  remove: Request,
): Program<ChannelRecord | undefined> {
  const taken = { ...record, turn: { ...turn, isTakenBack: true } as const };
  if (!turn.isTakenBack && !(yield* write(record, taken))) return undefined;
  if ((yield remove) !== 'done') throw new Unsettled();
  const settled = withdraw(taken);
  return (yield* write(taken, settled)) ? settled : undefined;
}

/** Writes down that the turn's message stands. Where somebody was faster, what they have written. */
function* move(
  pending: ChannelRecord,
  turn: Turn,
  message: Standing,
  rules: Rules,
): Program<ChannelRecord> {
  for (let record = pending; ; ) {
    const moved = commit(record, turn, message);
    if (yield* write(record, moved)) return moved;
    record = yield* load();
    if (rules.yields || isMoved(record, turn)) return record;
  }
}

/** The record with no turn pending. */
function* settled(rules: Rules): Program<ChannelRecord> {
  let record = yield* load();
  for (;;) {
    yield { do: 'go on', with: record };
    const { turn } = record;
    if (turn === undefined) return record;
    const { token = '' } = turn;
    if (turn.isTakenBack) {
      // What is late may come until then.
      if (rules.waits) yield { do: 'wait', token };
      record = (yield* takeBack(record, turn, { do: 'delete', token })) ?? (yield* load());
      continue;
    }
    const fate = yield* lookFor(record, turn, rules);
    if (fate === 'unknown') throw new Unsettled();
    if (typeof fate === 'object') {
      // Where another process was faster, the next turn may be pending by now.
      record = yield* move(record, turn, fate, rules);
      continue;
    }
    if (fate === 'unfit' && rules.marks) {
      record = (yield* takeBack(record, turn, { do: 'delete', token })) ?? (yield* load());
      continue;
    }
    const without = withdraw(record);
    record = (yield* write(record, without)) ? without : yield* load();
  }
}

/** The turn's message if it stands; an unfinished deferral is finished, unless it is `unfit`. */
function* lookFor(
  record: ChannelRecord,
  turn: Turn,
  rules: Rules,
): Program<Standing | 'unknown' | 'unfit' | 'untold'> {
  const { token = '', body } = turn;
  try {
    let original = yield* ask(token);
    if (original.is === 'absent' && rules.mistake !== 'does not wait for the three seconds') {
      yield { do: 'wait', token };
      original = yield* ask(token);
    }
    if (original.is === 'absent') return 'untold';
    if (original.is === 'message') {
      return isTold(turn, original) ? standing(turn, original.id) : 'untold';
    }
    if (rules.place && isAbove(original.id, record)) return 'unfit';
    const reply = yield { do: 'edit', token, body };
    if (typeof reply === 'object' && 'posted' in reply) return standing(turn, reply.posted);
    const isRefused = typeof reply === 'object' && 'failed' in reply && reply.failed === 'refused';
    return isRefused ? 'unfit' : 'unknown';
  } catch (error) {
    if (error instanceof Unsettled) return 'unknown';
    throw error;
  }
}

function* refuse(): Program<string> {
  yield { do: 'retract' };
  yield { do: 'refuse' };
  return 'refused';
}

function* ask(token: string): Program<Original> {
  const reply = yield { do: 'ask', token };
  if (typeof reply === 'object' && 'original' in reply) return reply.original;
  throw new Unsettled();
}

function* load(): Program<ChannelRecord> {
  const reply = yield { do: 'load' };
  if (typeof reply === 'object' && 'record' in reply) return reply.record;
  throw new Error('a load without its record');
}

function* write(over: ChannelRecord, record: ChannelRecord): Program<boolean> {
  const reply = yield { do: 'write', over, record };
  return typeof reply === 'object' && 'isWritten' in reply && reply.isWritten;
}

function isMoved({ reading }: ChannelRecord, turn: Turn): boolean {
  return (reading?.serial ?? 0) >= (turn.reading?.serial ?? 0);
}

/** Whether a message stands above the reading's newest; ids grow downwards. */
function isAbove(id: string, { reading }: ChannelRecord): boolean {
  return Number(id) < Number(reading?.message?.id ?? 0);
}

function readingOf({ reading }: ChannelRecord): Reading {
  if (reading === undefined) throw new Error('the model has a reading at all times');
  return reading;
}

function standing({ token }: Turn, id: string): Standing {
  return { at: 0, id, ...(token !== undefined && { token }) };
}
