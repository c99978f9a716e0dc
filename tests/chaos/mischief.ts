import { setTimeout as sleep } from 'node:timers/promises';
import type { Discord } from '../../src/rehearsal/discord/discord.ts';
import type { Failure, Fault, Matching } from '../../src/rehearsal/discord/faults.ts';
import type { Proxy as StoreProxy } from '../proxy.ts';
import type { Random } from '../random.ts';

/** So many faults wait for a request at a time, each for so long, in ms. */
const MOST_WAITING = 20;
const FAULT_LIFE = 2000;

const ROLES: Readonly<Record<string, Matching>> = {
  answers: 'callback',
  'looks at an answer': 'original',
  'edits of an answer': 'edit-original',
  'edits of an older message': /^PATCH .*\/messages\/\d+$/,
  'follow-ups': 'follow-up',
  deletions: /^DELETE /,
};

/** Every kind of fault; what is late is so by less than Discord waits. */
const FAILURES: Readonly<Record<string, (random: Random) => Failure>> = {
  'rate limit': (random) => ({ status: 429, retryAfter: random.between(0.1, 1.5) }),
  'global rate limit': (random) => ({
    status: 429,
    retryAfter: random.between(0.05, 0.3),
    global: true,
  }),
  'error, not taken': (random) => ({ status: random.pick([500, 502, 503, 504]) }),
  'error, taken': (random) => ({ status: random.pick([500, 502, 504]), after: true }),
  refused: (random) => ({ status: 403, code: random.pick([50_001, 50_013]) }),
  'AutoMod refuses': () => ({ status: 400, code: 200_000 }),
  'hangs, not taken': () => 'hang-before',
  'hangs, taken': () => 'hang-after',
  'connection lost, not taken': () => 'destroy-before',
  'connection lost, taken': () => 'destroy-after',
  'taken, empty answer': () => ({ empty: true }),
  'answer late': (random) => ({ delay: random.between(50, 2500) }),
  'taken late': (random) => ({ delay: random.between(50, 2500), before: true }),
};

export interface Mischief {
  /** Ends it, and takes back what still waits. */
  stop(): Promise<void>;
  /** How often each kind of trouble struck. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Lets requests, the gateway and the store fail, until it is stopped. */
export function startMischief(
  discord: Discord,
  proxy: StoreProxy | undefined,
  random: Random,
): Mischief {
  const counts = new Map<string, number>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const waiting = new Set<Fault>();
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  const rest = (ms: number) => Promise.race([sleep(ms), ended.promise]);

  async function spoilRequests(): Promise<void> {
    while (!isOver) {
      await rest(random.between(10, 100));
      if (isOver || waiting.size >= MOST_WAITING) continue;
      const [where, on] = random.pick(Object.entries(ROLES));
      const [what, fails] = random.pick(Object.entries(FAILURES));
      const times = random.chance(0.3) ? 1 + random.below(6) : 1;
      const fault = discord.fail({ on, how: fails(random), times });
      waiting.add(fault);
      void fault.hit.then(() => count(`${where}: ${what}`));
      void rest(FAULT_LIFE).then(() => {
        fault.lift();
        waiting.delete(fault);
      });
    }
  }

  async function spoilGateway(): Promise<void> {
    const { gateway } = discord;
    const ways = {
      'gateway: connection lost': () => gateway.drop(),
      'gateway: asked to reconnect': () => gateway.reconnect(),
      'gateway: session lost': () => gateway.invalidate(false),
      'gateway: away for a while': async () => {
        gateway.refuse(true);
        gateway.drop();
        await rest(random.between(100, 800));
        gateway.refuse(false);
      },
    };
    while (!isOver) {
      await rest(random.between(2000, 8000));
      if (isOver) return;
      const [what, strike] = random.pick(Object.entries(ways));
      count(what);
      await strike();
    }
  }

  async function spoilStore(store: StoreProxy): Promise<void> {
    while (!isOver) {
      await rest(random.between(2000, 8000));
      if (isOver) return;
      const how = random.pick(['cut', 'hang'] as const);
      count(`store: ${how === 'cut' ? 'unreachable' : 'hangs'}`);
      store[how]();
      await rest(random.between(200, 3000));
      store.heal();
    }
  }

  const all = [spoilRequests(), spoilGateway(), ...(proxy ? [spoilStore(proxy)] : [])];
  return {
    counts,
    async stop() {
      isOver = true;
      ended.resolve();
      await Promise.all(all);
    },
  };
}
