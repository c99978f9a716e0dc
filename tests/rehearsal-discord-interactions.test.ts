import { describe, expect, test } from 'vitest';
import type { Discord } from '../src/rehearsal/discord/discord.ts';
import type { Interaction } from '../src/rehearsal/discord/interactions.ts';
import { button, call, callback, caught, open, row } from './rehearsal-discord-bot.ts';

const hello = { type: 4, data: { content: 'hello' } };

function webhook(discord: Discord, { token }: Interaction, rest = ''): string {
  return `/webhooks/${discord.application.id}/${token}${rest}`;
}

async function asked(discord: Discord, name = 'Ann'): Promise<Interaction> {
  return caught(discord, () => discord.user(name).slash(discord.channel('story'), 'next'));
}

/** A press on a message of the bot's that carries a button. */
async function pressed(discord: Discord): Promise<Interaction> {
  const { body } = await call(
    discord,
    'POST',
    `/channels/${discord.channel('story').id}/messages`,
    {
      content: 'card',
      components: [row(button('Next', 'next:1'))],
    },
  );
  return caught(discord, () => discord.user('Ann').press(body, 'Next'));
}

describe('a callback', () => {
  test('counts once', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    expect((await callback(discord, interaction, hello)).status).toBe(200);
    const again = await callback(discord, interaction, hello);
    expect(again).toEqual({
      status: 400,
      body: { message: 'Interaction has already been acknowledged.', code: 40060 },
    });
    expect(discord.messages(discord.channel('story'))).toHaveLength(1);
  });

  test('comes within the time, with its own token', async () => {
    const discord = await open({ respondWithin: 30 });
    const interaction = await asked(discord);
    const wrong = await callback(discord, { id: interaction.id, token: 'nonsense' }, hello);
    expect(wrong.body).toEqual({ message: 'Unknown interaction', code: 10062 });
    expect(await interaction.settled.promise).toEqual({ kind: 'failed' });
    const late = await callback(discord, interaction, hello);
    expect(late).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(discord.messages(discord.channel('story'))).toEqual([]);
  });

  test('that is refused may be tried again', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    const long = await callback(discord, interaction, {
      type: 4,
      data: { content: 'x'.repeat(2001) },
    });
    expect(long.body).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        data: {
          content: {
            _errors: [
              { code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' },
            ],
          },
        },
      },
    });
    expect((await callback(discord, interaction, hello)).status).toBe(200);
  });

  test('fits its kind of interaction', async () => {
    const discord = await open();
    for (const type of [6, 7, 8, 3, 'x', undefined]) {
      const refused = await callback(discord, await asked(discord), { type });
      expect(refused.body.code).toBe(50035);
    }
    const typing = await caught(discord, () =>
      discord.user('Ann').type(discord.channel('story'), 'read', { story: 'a' }, 'story'),
    );
    expect((await callback(discord, typing, hello)).body.code).toBe(50035);
    const many = Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }));
    for (const choices of [
      many,
      [{ name: '', value: 'a' }],
      [{ name: 'a', value: 'b'.repeat(101) }],
      [{ name: 'a', value: 1 }],
    ]) {
      const refused = await callback(discord, typing, { type: 8, data: { choices } });
      expect(refused.body.code).toBe(50035);
    }
    const choices = many.slice(1);
    expect((await callback(discord, typing, { type: 8, data: { choices } })).status).toBe(200);
    expect(await typing.choices.promise).toEqual(choices);
    expect(
      (await call(discord, 'GET', webhook(discord, typing, '/messages/@original'))).body.code,
    ).toBe(10015);
  });

  test('says what became of it when asked, and nothing otherwise', async () => {
    const discord = await open();
    const plain = await asked(discord);
    const path = `/interactions/${plain.id}/${plain.token}/callback`;
    expect(await call(discord, 'POST', path, hello)).toEqual({ status: 204, body: undefined });
    const { body } = await callback(discord, await asked(discord), {
      type: 5,
      data: { flags: 64 },
    });
    expect(body.interaction).toMatchObject({
      type: 2,
      response_message_loading: true,
      response_message_ephemeral: true,
    });
    expect(body.resource).toBeUndefined();
  });

  test('with files makes attachments', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    const form = new FormData();
    form.set(
      'payload_json',
      JSON.stringify({ type: 4, data: { attachments: [{ id: '0', filename: 'a.txt' }] } }),
    );
    form.set('files[0]', new Blob(['text']), 'b.txt');
    const path = `${discord.url}/v10/interactions/${interaction.id}/${interaction.token}/callback`;
    const answered = await fetch(path, { method: 'POST', body: form });
    expect(answered.status).toBe(204);
    expect(await interaction.settled.promise).toMatchObject({
      message: { attachments: [{ filename: 'a.txt', size: 4 }] },
    });
  });
});

describe("an interaction's token", () => {
  test('opens nothing before the callback, and nothing after fifteen minutes', async () => {
    let now = Date.now();
    const discord = await open({ now: () => now });
    const interaction = await asked(discord);
    const original = webhook(discord, interaction, '/messages/@original');
    expect(await call(discord, 'GET', original)).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback(discord, interaction, hello);
    now += 15 * 60_000;
    expect((await call(discord, 'GET', original)).body.content).toBe('hello');
    now += 1;
    const expired = { status: 401, body: { message: 'Invalid Webhook Token', code: 50027 } };
    expect(await call(discord, 'GET', original)).toEqual(expired);
    expect(await call(discord, 'PATCH', original, { content: 'x' })).toEqual(expired);
    expect(await call(discord, 'POST', webhook(discord, interaction), { content: 'x' })).toEqual(
      expired,
    );
    expect((await call(discord, 'GET', '/webhooks/1/x/messages/@original')).body.code).toBe(10015);
  });

  test('edits, follows up and deletes what is its own, and only that', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    const { body } = await callback(discord, interaction, hello);
    const id = body.resource.message.id;
    const edited = await call(discord, 'PATCH', webhook(discord, interaction, `/messages/${id}`), {
      content: 'better',
    });
    expect(edited.body).toMatchObject({ id, content: 'better' });
    const more = await call(discord, 'POST', webhook(discord, interaction), {
      content: 'b',
      flags: 64,
    });
    expect(more.body).toMatchObject({
      type: 19,
      flags: 64,
      message_reference: { message_id: id },
      interaction_metadata: { original_response_message_id: id },
    });
    const other = await asked(discord);
    await callback(discord, other, hello);
    expect((await call(discord, 'GET', webhook(discord, other, `/messages/${id}`))).body.code).toBe(
      10008,
    );
    const original = webhook(discord, interaction, '/messages/@original');
    expect((await call(discord, 'DELETE', original)).status).toBe(204);
    expect((await call(discord, 'GET', original)).body.code).toBe(10008);
  });
});

describe('a deferral', () => {
  test('gives its place and its visibility to the first follow-up', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    await callback(discord, interaction, { type: 5 });
    const first = await call(discord, 'POST', webhook(discord, interaction), {
      content: 'a',
      flags: 64,
    });
    expect(first.body.flags).toBe(0);
    expect(await interaction.settled.promise).toMatchObject({ kind: 'message', private: false });
    const second = await call(discord, 'POST', webhook(discord, interaction), {
      content: 'b',
      flags: 64,
    });
    expect(second.body.flags).toBe(64);
    expect(discord.messages(discord.channel('story')).map(({ content }) => content)).toEqual(['a']);
  });

  test('deleted, leaves the follow-up free', async () => {
    const discord = await open();
    const interaction = await asked(discord);
    await callback(discord, interaction, { type: 5 });
    await call(discord, 'DELETE', webhook(discord, interaction, '/messages/@original'));
    await call(discord, 'POST', webhook(discord, interaction), { content: 'a', flags: 64 });
    expect(await interaction.settled.promise).toMatchObject({ kind: 'message', private: true });
    expect(discord.messages(discord.channel('story'))).toEqual([]);
  });

  test('never finished is still thinking', async () => {
    const discord = await open();
    const story = discord.channel('story');
    const settled: Promise<unknown>[] = [];
    const interaction = await caught(discord, () =>
      settled.push(discord.user('Ann').slash(story, 'next', {}, { timeout: 300 })),
    );
    await callback(discord, interaction, { type: 5 });
    expect(await settled[0]).toMatchObject({ kind: 'thinking', message: { flags: 128 } });
  });
});

describe('a press', () => {
  test('@original is the pressed message after an update, and the new one after a reply', async () => {
    const discord = await open();
    for (const [type, same] of [
      [6, true],
      [7, true],
      [4, false],
      [5, false],
    ] as const) {
      const interaction = await pressed(discord);
      await callback(discord, interaction, { type, data: type === 4 ? { content: 'new' } : {} });
      const original = await call(
        discord,
        'GET',
        webhook(discord, interaction, '/messages/@original'),
      );
      expect(original.body.id === interaction.pressed?.message.id, `type ${type}`).toBe(same);
    }
  });

  test('deferred as an update is final with the edit', async () => {
    const discord = await open();
    const interaction = await pressed(discord);
    await callback(discord, interaction, { type: 6 });
    await call(discord, 'PATCH', webhook(discord, interaction, '/messages/@original'), {
      components: [],
    });
    expect(await interaction.settled.promise).toMatchObject({
      kind: 'update',
      message: { content: 'card', components: [] },
    });
  });

  test('on a message that was deleted meanwhile cannot update it', async () => {
    const discord = await open();
    const interaction = await pressed(discord);
    const id = interaction.pressed?.message.id;
    await call(discord, 'DELETE', `/channels/${discord.channel('story').id}/messages/${id}`);
    expect((await callback(discord, interaction, { type: 7, data: {} })).body.code).toBe(10008);
    expect((await callback(discord, interaction, hello)).status).toBe(200);
  });
});

describe('as a guest', () => {
  test('without Use External Apps every answer is private', async () => {
    const discord = await open();
    const away = discord.channel('away', { guild: discord.elsewhere });
    const guest = discord.user('Guest', { appInstalled: true });
    const barred = discord.user('Barred', {
      appInstalled: true,
      permissions: { deny: ['UseExternalApps'] },
    });
    for (const [reader, flags] of [
      [guest, 0],
      [barred, 64],
    ] as const) {
      const interaction = await caught(discord, () => reader.slash(away, 'next'));
      const { body } = await callback(discord, interaction, hello);
      expect(body.resource.message.flags).toBe(flags);
    }
  });

  test('five follow-ups are the most', async () => {
    const discord = await open();
    const away = discord.channel('away', { guild: discord.elsewhere });
    const guest = discord.user('Guest', { appInstalled: true });
    const interaction = await caught(discord, () => guest.slash(away, 'next'));
    await callback(discord, interaction, hello);
    const codes: unknown[] = [];
    for (let n = 0; n < 6; n += 1) {
      codes.push(
        (await call(discord, 'POST', webhook(discord, interaction), { content: 'x' })).body.code,
      );
    }
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 40094]);
  });
});
