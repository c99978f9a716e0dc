import { expect, test } from 'vitest';
import type { Store } from '../src/reading/store.ts';
import { en } from '../src/words/en.ts';
import { openHouse } from './harness.ts';
import { brief, libraryOf, messageOf, tale, told } from './seen.ts';

const library = libraryOf({ tale: tale(9) });

test.each([
  ['is damaged', '{"value":{"version":1,"left":[],"reading":{"id":7}}}', 'damaged'],
  [
    'names a host that fits no message',
    `{"value":{"version":1,"left":[],"reading":{"id":"r","story":"tale","title":"A Tale","position":1,"furthest":1,"serial":1,"host":"${'9'.repeat(3000)}","begun":1,"anchors":[],"furthestAnchors":[]}}}`,
    'damaged',
  ],
  ['is no JSON at all', 'Once upon a time', 'damaged'],
  ['is a later Lamplight’s', '{"value":{"version":99,"left":[]}}', 'version'],
] as const)(
  'a channel whose record %s says so, whatever is asked, and the record stays; others go on',
  async (_, text, trouble) => {
    const stores: Store[] = [];
    const aroundStore = (store: Store) => {
      stores.push(store);
      return store;
    };
    const { discord, log, restart } = await openHouse({ library, aroundStore });
    const adapter = () => stores.at(-1)?.namespace('channels').store;
    const [ann, broken, sound] = [
      discord.user('Ann'),
      discord.channel('broken'),
      discord.channel('sound'),
    ];
    for (const channel of [broken, sound]) await ann.slash(channel, 'read', { story: 'tale' });
    await ann.slash(sound, 'next');

    const key = `channels:${broken.id}`;
    await adapter().set(key, text);
    await restart();
    await expect.poll(() => log.some((line) => line.includes('"namespace":"channels"'))).toBe(true);
    for (const command of ['next', 'where', 'back', 'close', 'pace off', 'catchup']) {
      expect(brief(await ann.slash(broken, command))).toBe(en.trouble[trouble]);
    }
    expect(brief(await ann.slash(broken, 'read', { story: 'tale' }))).toBe(en.trouble[trouble]);
    const card = discord.messages(broken)[0];
    const pressed = card && (await ann.press(card, 'Begin'));
    expect(pressed && messageOf(pressed).content).toBe(en.trouble[trouble]);
    expect(await adapter().get(key)).toBe(text);

    expect(brief(await ann.slash(sound, 'next'))).toBe(2);
    expect(told(discord, sound)).toEqual([1, 2]);
  },
);
