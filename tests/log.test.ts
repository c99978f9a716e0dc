import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { passwordsIn } from '../src/reading/server-url.ts';
import { striker } from '../src/secrets.ts';

const PASSWORD = 'p@ss "w\\rd/é';
const TOKEN = 'MTA.abc.defghijklmnopqrstuvwxyz';
const encoded = encodeURIComponent(PASSWORD);
const STORE_URL = `postgres://lamp:${encoded}@db:5432/tales`;
const secrets = [TOKEN, ...passwordsIn(STORE_URL)];

/** What the log makes of one line. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('debug', secrets, { write: (line) => lines.push(line) }));
  return lines.join('');
}

/** Errors as stores and clients throw them, the secret wherever they put it. */
const HOSTILE: Readonly<Record<string, () => unknown>> = {
  'an address in the message': () => new Error(`connect ECONNREFUSED ${STORE_URL}`),
  'the password in the message': () => new Error(`authentication failed for ${PASSWORD}`),
  'fields of their own': () =>
    Object.assign(new Error('no'), { connectionString: STORE_URL, password: PASSWORD }),
  'a code that is none': () => Object.assign(new Error('no'), { code: PASSWORD }),
  'a cause': () => new Error('no', { cause: new Error(PASSWORD, { cause: TOKEN }) }),
  'several errors': () => new AggregateError([new Error(TOKEN), PASSWORD], STORE_URL),
  'no error at all': () => `token ${TOKEN}`,
  'a name': () => Object.assign(new Error('no'), { name: TOKEN }),
  'the end of what is shown': () => new Error(`${'x'.repeat(480)}${PASSWORD}${TOKEN}`),
  'an address nobody told us of': () => new Error('redis://:0ther-password@cache:6379 is away'),
  'a token of an interaction': () =>
    new Error('POST /webhooks/12/0ther-password/messages/1 failed'),
};

describe('a secret is never in the log, where an error has it in', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, make) => {
    const text = logged((log) => log.error({ err: make() }, 'something failed'));
    expect(text).toContain('something failed');
    for (const secret of [
      PASSWORD,
      encoded,
      TOKEN,
      'p@ss',
      'p%40ss',
      'MTA.abc',
      '0ther-password',
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(() => JSON.parse(text)).not.toThrow();
  });
});

test('nor in other fields, nor in the words of a line', () => {
  const text = logged((log) => log.info({ url: STORE_URL, deep: { PASSWORD } }, TOKEN));
  expect(text).not.toMatch(/p@ss|p%40ss|MTA/);
});

test('errors without end, and of any length, are cut', () => {
  const circle = new Error('x'.repeat(100_000));
  circle.cause = circle;
  expect(logged((log) => log.error({ err: circle }, 'round')).length).toBeLessThan(50_000);
});

test('whatever the password, an address has it no more', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 6, unit: 'grapheme' }).filter((text) => text.isWellFormed()),
      (password) => {
        const url = `redis://:${encodeURIComponent(password)}@host:1`;
        const strike = striker(passwordsIn(url));
        const texts = [password, url, JSON.stringify({ password }), `a${password}b`];
        const marked = password.replaceAll('[secret]', '');
        for (const text of texts) expect(strike(text)).not.toContain(marked || password);
      },
    ),
  );
});

test('what is no secret stays', () => {
  const strike = striker(['', ...passwordsIn('sqlite:data/x.sqlite')]);
  for (const text of [
    'https://discord.com/channels/1/2/3',
    'invite me with https://discord.com/oauth2/authorize?client_id=1',
    '{"channel":"12","msg":"told: redis://host:6379/0"}',
    '/applications/1/commands',
  ]) {
    expect(strike(text)).toBe(text);
  }
});
