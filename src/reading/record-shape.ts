import type { Kind } from './kind.ts';
import type { Daily, Every, Pace, Schedule, Together } from './pace.ts';
import {
  type Anchor,
  type ChannelRecord,
  type MessageBody,
  type Reading,
  type Standing,
  TELLING_BY,
  type Turn,
} from './record.ts';
import {
  either,
  hasShape,
  type Is,
  is,
  isArrayOf,
  isCount,
  isId,
  isNumber,
  isObject,
  isOneOf,
  isPair,
  isString,
} from './shape.ts';

export const isAnchor = hasShape<Anchor>({
  required: { passage: isCount, hash: isString },
  optional: {},
});

const isStanding = hasShape<Standing>({
  required: { at: isNumber },
  optional: { id: isId, token: isString },
});

const isTogether = hasShape<Together>({
  required: { kind: is('together'), since: isNumber },
  optional: { readers: isCount, wait: isNumber },
});

const isEvery = hasShape<Every>({ required: { every: isCount }, optional: {} });

const isDaily = hasShape<Daily>({
  required: { at: isCount, zone: isString, days: isArrayOf(isCount) },
  optional: {},
});

const isSchedule = hasShape<Schedule>({
  required: {
    kind: is('schedule'),
    rhythm: either(isEvery, isDaily),
    amount: either(isCount, is('chapter')),
    locale: isString,
    next: isNumber,
    failures: isCount,
  },
  optional: { mention: isId, rest: isCount },
});

const isPace: Is<Pace> = either(isTogether, isSchedule);

const isReading = hasShape<Reading>({
  required: {
    id: isId,
    story: isString,
    title: isString,
    position: isCount,
    furthest: isCount,
    serial: isCount,
    host: isId,
    begun: isNumber,
    anchors: isArrayOf(isAnchor),
    furthestAnchors: isArrayOf(isAnchor),
  },
  optional: {
    guild: isId,
    start: isCount,
    by: isOneOf(TELLING_BY),
    toldAt: isNumber,
    pace: isPace,
    ready: isArrayOf(isId),
    present: isArrayOf(isPair(isId, isCount)),
    sittings: isCount,
    readers: isArrayOf(isId),
    ended: isNumber,
    message: isStanding,
  },
});

/** What else it is made of Discord looks at before it takes it. */
function isMessageBody(value: unknown): value is MessageBody {
  if (!isObject(value) || !isString(value['content'])) return false;
  const parts = [value['components'], value['attachments']];
  return parts.every((part) => part === undefined || Array.isArray(part));
}

const isTurn = hasShape<Turn>({
  required: { at: isNumber, body: isMessageBody },
  optional: {
    token: isString,
    nonce: isId,
    pressed: isId,
    reading: isReading,
    isTakenBack: is(true),
  },
});

export const channelKind: Kind<ChannelRecord> = {
  isWhole: hasShape<ChannelRecord>({
    required: { version: is(1), left: isArrayOf(isReading) },
    optional: {
      guild: isId,
      reading: isReading,
      turn: isTurn,
    },
  }),
  upgrades: [],
};
