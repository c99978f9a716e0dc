import type { Store } from '../../src/reading/store.ts';
import { assertAnswered, openFuzzedHouse } from './house.ts';
import { type Json, mutated } from './mutate.ts';
import type { OpenTarget } from './target.ts';

interface Input {
  readonly namespace: string;
  readonly record: Json;
}

const COMMANDS = [
  'where',
  'next',
  'back',
  'quote',
  'kept',
  'catchup',
  'pace show',
  'doctor',
  'close',
];
const NAMESPACES = ['channels', 'channels', 'channels', 'told', 'finished', 'kept'];

/** Damaged records: whoever asks in their channel gets an answer, and others read on. */
export const openRecords: OpenTarget = async (onFinished) => {
  let opened: Store | undefined;
  const { discord, room, check } = await openFuzzedHouse(onFinished, undefined, {
    aroundStore(store) {
      opened = store;
      return store;
    },
  });
  if (opened === undefined) throw new Error('the store is not open');
  const store = opened;
  const ann = discord.user('Ann');
  await ann.slash(room, 'next');
  await ann.slash(room, 'quote', { line: 'tale' });
  const real = new Map<string, Json>();
  for (const namespace of new Set(NAMESPACES)) {
    const key = namespace === 'finished' ? discord.home.id : room.id;
    real.set(namespace, (await store.namespace<Json>(namespace).get(key)) ?? { version: 1 });
  }
  let asked = 0;

  return {
    input(random): Input {
      const namespace = random.pick(NAMESPACES);
      return { namespace, record: mutated(real.get(namespace) ?? {}, random) };
    },
    async take({ namespace, record }: Input) {
      for (const [name, value] of [...real, [namespace, record]] as const) {
        const key = name === 'finished' ? discord.home.id : room.id;
        await store.namespace<Json>(name).set(key, value);
      }
      const command = COMMANDS[asked++ % COMMANDS.length] ?? 'where';
      assertAnswered(await ann.slash(room, command));
    },
    check,
  };
};
