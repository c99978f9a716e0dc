import { fitsMessage } from '../../src/message/fits.ts';
import { begin } from '../../src/reading/move.ts';
import { type ChannelRecord, EMPTY, type MessageBody } from '../../src/reading/record.ts';
import { storyOf } from '../../src/story/in-memory.ts';
import { parseStory } from '../../src/story/parse.ts';
import { tale } from '../seen.ts';
import { type Asks, takeFirst, toldIn, UNASKED } from './channel.ts';
import { createOutcomes, isDeferred } from './outcomes.ts';
import { Pool } from './pool.ts';
import type { Late, Process, Task } from './process.ts';
import { type Reply, type Request, settleAtStart, takeTurn } from './protocol.ts';
import type { Rules } from './rules.ts';
import type { Space, Step } from './search.ts';

/** The whole world, its larger parts by number. */
export interface State {
  readonly record: number;
  readonly asks: number;
  readonly processes: readonly number[];
  readonly late: readonly Late[];
  /** So many there may still be. */
  readonly crashes: number;
}

export interface Setting {
  /** By serial, where a button is pressed: 0 is the title card's. */
  readonly asks: readonly ('command' | number)[];
  readonly processes: number;
  readonly crashes: number;
  /** Whether an answer may be deferred while it waits. */
  readonly deferrals: boolean;
  readonly rules: Rules;
}

/**
 * One channel with a title card, and all that can happen when these interactions ask for what is
 * next: they reach one process or several in any order; each process may crash between any two of
 * its steps and start again; each request may be taken and answered, taken with its answer lost,
 * refused, lost, or taken late within the three seconds. Which of two processes is called 0 can
 * change from one step to the next.
 */
export function world({
  asks: asked,
  processes,
  crashes,
  deferrals,
  rules,
}: Setting): Space<State> {
  const story = storyOf(parseStory({ name: 'tale.md', text: tale(4) }, fitsMessage));
  const pools = {
    records: new Pool<ChannelRecord>(),
    bodies: new Pool<MessageBody>(),
    replies: new Pool<Reply>(),
    asks: new Pool<Asks>(),
    processes: new Pool<Process>(),
  };
  const outcomes = createOutcomes(pools, rules);
  const programs = new Map<string, Request | string>();

  /** What a task does next: its program, run again with the replies it has had. */
  function next({ ask, replies }: Task): Request | string {
    const key = `${ask}:${replies.join()}`;
    const known = programs.get(key);
    if (known !== undefined) return known;
    const kind = asked[ask ?? -1];
    const token = String(ask);
    const program =
      kind === undefined
        ? settleAtStart(rules)
        : takeTurn({ token, ...(kind !== 'command' && { serial: kind }) }, story, rules);
    let at = program.next();
    for (const reply of replies) at = program.next(pools.replies.value(reply));
    programs.set(key, at.value);
    return at.value;
  }

  /** What a process does by itself, where nobody can tell when, it does at once. */
  function hurry(process: Process): Process {
    const tasks = [...process.tasks];
    for (;;) {
      const [task] = tasks;
      const request = task && next(task);
      if (task === undefined || request === undefined) break;
      if (typeof request === 'string') {
        tasks.shift();
      } else if (request.do === 'go on') {
        // However it came here, from here it goes on in the same way: a load, and this.
        tasks[0] = { ...task, replies: numbered({ record: request.with }, 'done') };
      } else if (request.do === 'look back') {
        const reply = numbered({ isDeferred: isDeferred(task) });
        const { first = 'answering' } = task;
        tasks[0] = { ...task, first, replies: [...task.replies, ...reply] };
      } else break;
    }
    return { ...process, tasks };
  }

  function numbered(...replies: Reply[]): number[] {
    return replies.map((reply) => pools.replies.number(reply));
  }

  function put(state: State, index: number, process: Process): State {
    const number = pools.processes.number(hurry(process));
    // Which of two that are alike is which makes no difference.
    const sorted = state.processes.with(index, number).toSorted((a, b) => a - b);
    return { ...state, processes: sorted };
  }

  function* steps(state: State): Iterable<Step<State>> {
    const asks = pools.asks.value(state.asks);
    const all = state.processes.map((number) => pools.processes.value(number));
    const isHere = (ask: number) => all.some(({ came }) => came.includes(ask));

    for (const [index, ask] of asks.entries()) {
      if (!ask.open || !isHere(index)) continue;
      const closed = pools.asks.number(asks.with(index, { ...ask, open: false }));
      const late = state.late.filter((one) => one.ask !== index);
      yield [`the three seconds of ${index} are over`, { ...state, asks: closed, late }];
    }
    for (const [at, { ask, body }] of state.late.entries()) {
      const taken = takeFirst(asks, ask, body) ?? asks;
      const rest = { ...state, asks: pools.asks.number(taken), late: state.late.toSpliced(at, 1) };
      yield [`what was late for ${ask} arrives`, rest];
    }
    for (const [index, process] of all.entries()) {
      // Two alike do alike.
      if (index > 0 && state.processes[index] === state.processes[index - 1]) continue;
      if (!process.isUp) {
        const started = { ...process, isUp: true, tasks: [{ replies: [] }] };
        yield [`${index} starts`, put(state, index, started)];
        continue;
      }
      if (state.crashes > 0) {
        const left = { ...state, crashes: state.crashes - 1 };
        yield [`${index} crashes`, put(left, index, { ...process, isUp: false, tasks: [] })];
      }
      for (const [ask, { open }] of asks.entries()) {
        if (!open || process.came.includes(ask) || (rules.claims && isHere(ask))) continue;
        // Of those that are alike, the first to come may as well be called the first.
        if (ask > 0 && asked[ask] === asked[ask - 1] && !isHere(ask - 1)) continue;
        const came = [...process.came, ask].toSorted((a, b) => a - b);
        const tasks = [...process.tasks, { ask, replies: [] }];
        yield [`${ask} reaches ${index}`, put(state, index, { ...process, came, tasks })];
      }
      if (deferrals) yield* deferralSteps(state, asks, index, process);
      yield* taskSteps(state, index, process);
    }
  }

  /** The first that has no answer yet may be deferred: those behind have their place after it. */
  function* deferralSteps(
    state: State,
    asks: Asks,
    index: number,
    process: Process,
  ): Iterable<Step<State>> {
    const at = process.tasks.findIndex(
      ({ ask, first }) => ask !== undefined && first === undefined,
    );
    const task = process.tasks[at];
    if (task?.ask === undefined) return;
    const { ask } = task;
    const ahead = process.tasks.slice(0, at).map((other) => other.ask);
    if (state.late.some((late) => ahead.includes(late.ask))) return;
    const who = `${index} defers ${ask}`;
    const heard = (first: Task['first'] & string) => ({
      ...process,
      tasks: process.tasks.with(at, { ...task, first }),
    });
    const taken = takeFirst(asks, ask);
    yield [`${who}, in vain`, put(state, index, heard('deferral unheard of'))];
    if (taken === undefined) {
      yield [`${who}, twice, after an answer`, put(state, index, heard('deferred'))];
      return;
    }
    const now = { ...state, asks: pools.asks.number(taken) };
    yield [who, put(now, index, heard('deferred'))];
    yield [`${who}, unheard of`, put(now, index, heard('deferral unheard of'))];
    const late = { ...state, late: [...state.late, { ask }] };
    yield [`${who}, late`, put(late, index, heard('deferral unheard of'))];
  }

  function* taskSteps(state: State, index: number, process: Process): Iterable<Step<State>> {
    const [task, ...others] = process.tasks;
    const request = task && next(task);
    if (task === undefined || typeof request !== 'object') return;
    for (const { what, reply, first, ...changes } of outcomes(state, task, request)) {
      const replies = [...task.replies, ...numbered(reply)];
      const known = first ?? task.first;
      const now = { ...task, replies, ...(known !== undefined && { first: known }) };
      const after = put({ ...state, ...changes }, index, { ...process, tasks: [now, ...others] });
      yield [`${index} with ${task.ask ?? 'its start'} ${what}`, after];
    }
  }

  function wrong(state: State, isEnd: boolean): string | undefined {
    const told = toldIn(pools.asks.value(state.asks), pools.bodies);
    const { reading, turn } = pools.records.value(state.record);
    const position = reading?.position ?? 0;
    const holds = `passages ${told.join(' ') || 'none'}, position ${position}`;
    if (told.some((number, at) => number !== at + 1)) return `not each once, in order: ${holds}`;
    if (position > told.length) return `skipped: ${holds}`;
    if (!isEnd) return undefined;
    if (state.processes.some((one) => pools.processes.value(one).tasks.length > 0)) return 'stuck';
    if (turn !== undefined) return wrong(settled(state), true);
    return position === told.length ? undefined : `would repeat: ${holds}`;
  }

  /** The state once one more process has started while everything goes well. */
  function settled(state: State): State {
    const asks = pools.asks.value(state.asks).map((ask) => ({ ...ask, open: false }));
    let now: State = { ...state, asks: pools.asks.number(asks) };
    let process: Process = { isUp: true, came: [], tasks: [{ replies: [] }] };
    for (;;) {
      process = hurry(process);
      const [task] = process.tasks;
      const request = task && next(task);
      if (task === undefined || typeof request !== 'object') return now;
      // The first outcome is always the good one.
      const [best] = outcomes(now, task, request);
      if (best === undefined) throw new Error(`no way on from "${request.do}"`);
      const { what: _, reply, first: __, ...changes } = best;
      now = { ...now, ...changes };
      process = { ...process, tasks: [{ replies: [...task.replies, ...numbered(reply)] }] };
    }
  }

  const reading = { ...begin(story, 0, { host: 'h' }, 0), id: 'r', message: { at: 0, id: '0' } };
  const process: Process = { isUp: true, came: [], tasks: [] };
  return {
    initial: {
      record: pools.records.number({ ...EMPTY, reading }),
      asks: pools.asks.number(asked.map(() => UNASKED)),
      processes: Array.from({ length: processes }, () => pools.processes.number(process)),
      late: [],
      crashes,
    },
    key: ({ record, asks, processes, late, crashes }) =>
      `${record} ${asks} ${processes} ${crashes} ${late.map(({ ask, body }) => `${ask}:${body}`)}`,
    steps,
    wrong,
  };
}
