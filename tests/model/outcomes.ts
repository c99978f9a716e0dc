import type { ChannelRecord, MessageBody } from '../../src/reading/record.ts';
import {
  type Asks,
  originalOf,
  refusePassages,
  takeBeside,
  takeDeletion,
  takeEdit,
  takeFirst,
  takeQuiet,
} from './channel.ts';
import type { Pool } from './pool.ts';
import type { Task } from './process.ts';
import type { Reply, Request } from './protocol.ts';
import type { Rules } from './rules.ts';
import type { State } from './world.ts';

/** One way in which a request can go: the reply, and what has changed. */
export interface Outcome extends Partial<Pick<State, 'record' | 'asks' | 'late'>> {
  readonly what: string;
  readonly reply: Reply;
  readonly first?: Task['first'] & string;
}

interface Pools {
  readonly records: Pool<ChannelRecord>;
  readonly bodies: Pool<MessageBody>;
  readonly asks: Pool<Asks>;
}

const UNHEARD = { failed: 'unheard' } as const;

export function isDeferred({ first }: Task): boolean {
  return first === 'deferred' || first === 'deferral unheard of';
}

/** All ways in which a task's request can go; first the one in which all goes well, if there is one. */
export function createOutcomes({ records, bodies, asks: pool }: Pools, rules: Rules) {
  return (state: State, task: Task, request: Request): Outcome[] => {
    const asks = pool.value(state.asks);
    const own = task.ask ?? -1;

    /** Taken and answered, taken with the answer lost. */
    const taken = (what: string, now: Asks, reply: Reply): Outcome[] => [
      { what, reply, asks: pool.number(now) },
      { what: `${what}, unheard of`, reply: UNHEARD, asks: pool.number(now) },
    ];

    const edit = (index: number, body: MessageBody): Outcome[] => {
      const now = takeEdit(asks, index, bodies.number(body));
      const inVain = { what: `edits ${index}, in vain`, reply: UNHEARD };
      if (asks[index]?.isBarred) {
        return [{ what: `edits ${index}, and is refused`, reply: { failed: 'refused' } }, inVain];
      }
      if (now) return [...taken(`edits ${index}`, now, { posted: placeOf(now, index) }), inVain];
      const isLost = rules.lost && task.first === 'deferral unheard of';
      const failed = isLost ? 'unheard' : 'refused';
      return [{ what: `edits ${index}, which is not there`, reply: { failed } }, inVain];
    };

    const post = (body: MessageBody): Outcome[] => {
      const first = 'answered' as const;
      const number = bodies.number(body);
      const now = takeFirst(asks, own, number);
      const isBarred = now !== undefined && asks[own]?.isBarred;
      const inVain = { what: 'posts, in vain', reply: UNHEARD, first };
      if (now === undefined) {
        if (asks[own]?.says === 'nothing') return [inVain];
        const after = 'posts, after an answer';
        return [{ what: after, reply: { failed: 'answered' }, first }, inVain];
      }
      if (isBarred)
        return [{ what: 'is refused again', reply: { failed: 'refused' }, first }, inVain];
      return [
        ...taken('posts', now, { posted: placeOf(now, own) }).map((one) => ({ ...one, first })),
        {
          what: 'posts, and is refused',
          reply: { failed: 'refused' },
          first,
          asks: pool.number(refusePassages(asks, own)),
        },
        // discord.js repeats what failed on its way.
        { what: 'posts twice', reply: { failed: 'answered' }, first, asks: pool.number(now) },
        {
          what: 'posts, late',
          reply: UNHEARD,
          first,
          late: [...state.late, { ask: own, body: number }],
        },
        inVain,
      ];
    };

    switch (request.do) {
      case 'load':
        return [{ what: 'loads', reply: { record: records.value(state.record) } }];
      case 'write': {
        const isWritten = !rules.compareAndSet || state.record === records.number(request.over);
        const what = described(request.record, isWritten);
        const record = isWritten ? records.number(request.record) : state.record;
        return [{ what, reply: { isWritten }, record }];
      }
      case 'ask': {
        const original = originalOf(asks, Number(request.token), bodies);
        return [
          { what: `learns that ${request.token} is ${original.is}`, reply: { original } },
          { what: `learns nothing about ${request.token}`, reply: UNHEARD },
        ];
      }
      case 'wait':
        if (asks[Number(request.token)]?.open) return [];
        return [{ what: `has waited for ${request.token}`, reply: 'done' }];
      case 'post':
        return isDeferred(task) ? edit(own, request.body) : post(request.body);
      case 'edit':
        return edit(Number(request.token), request.body);
      case 'retract': {
        // One of which nothing was heard is left alone.
        const now = task.first === 'deferred' ? takeDeletion(asks, own) : undefined;
        const left: Outcome = { what: 'takes nothing back', reply: 'done' };
        return now
          ? [{ what: 'takes it back', reply: 'done', asks: pool.number(now) }, left]
          : [left];
      }
      case 'take back':
      case 'delete': {
        const index = request.do === 'delete' ? Number(request.token) : own;
        const now = takeDeletion(asks, index);
        const inVain: Outcome = { what: 'deletes, in vain', reply: UNHEARD };
        const done: Outcome = { what: `deletes ${index}`, reply: 'done' };
        if (now === undefined) {
          // One of which nothing was heard can be late.
          const isLost = request.do === 'take back' && task.first === 'deferral unheard of';
          const reply = rules.lost && isLost ? UNHEARD : ('done' as const);
          return [{ what: 'has nothing to delete', reply }, inVain];
        }
        const deleted = { ...done, asks: pool.number(now) };
        return [deleted, { ...deleted, what: 'deletes, unheard of', reply: UNHEARD }, inVain];
      }
      case 'refuse':
      case 'clear': {
        const says = request.do === 'refuse' ? 'refusal' : 'the pressed message';
        const now = task.first === 'deferred' ? undefined : takeQuiet(asks, own, says);
        const none: Outcome = { what: `cannot ${request.do}`, reply: 'done', first: 'answered' };
        return now ? [{ ...none, what: `answers: ${says}`, asks: pool.number(now) }, none] : [none];
      }
      case 'follow up': {
        const now = takeBeside(asks, own, bodies.number(request.body));
        const inVain = { what: 'follows up, in vain', reply: UNHEARD };
        return now ? [...taken('follows up', now, { posted: '0' }), inVain] : [inVain];
      }
      case 'go on':
      case 'look back':
        throw new Error(`"${request.do}" is no request`);
    }
  };
}

function placeOf(asks: Asks, index: number): string {
  return String(asks[index]?.place);
}

function described({ reading, turn }: ChannelRecord, isWritten: boolean): string {
  const what = `position ${reading?.position}${turn ? ` and a turn of ${turn.token}` : ''}`;
  return isWritten ? `writes ${what}` : `may not write ${what}`;
}
