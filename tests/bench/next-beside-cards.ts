/**
 * /next in one channel while fifty cards are asked for at once in another, and without them, in
 * turn. The bot runs in a process of its own, the stand-in for Discord in this one. Times are as a
 * reader sees them: from the command to the answer that stands in the channel.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDiscord } from '../../src/rehearsal/discord/discord.ts';
import { startLamplight } from '../process.ts';
import { median, quantile } from './figures.ts';
import { machine, ms, table } from './table.ts';

const ROUNDS = 8;
const CARDS = 50;
const IN_A_ROW = 200;
/** Ms for which a reader reads. */
const READING = 5;
const PASSAGES = 900;
/** In characters: a long sentence. */
const LINE_LENGTH = 300;

const folder = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
const words = 'the lamp was lit again and nobody on the quay had seen whose hand it was '.repeat(9);
const lines = Array.from({ length: PASSAGES }, (_, at) => `Line ${at + 1}: ${words}`);
const paragraphs = lines.map((line) => `${line.slice(0, LINE_LENGTH - 1).trim()}.`);
await writeFile(join(folder, 'tale.txt'), ['A long tale', ...paragraphs].join('\n\n'));

const discord = await startDiscord();
const bot = startLamplight(
  {
    DISCORD_API_URL: discord.url,
    DISCORD_TOKEN: discord.token,
    LOG_LEVEL: 'warn',
    STORE_URL: `sqlite:${join(folder, 'lamplight.sqlite')}`,
    STORY_DIR: folder,
  },
  (kill) => process.once('exit', kill),
);
await discord.waitFor(() => discord.gateway.online && discord.commands().length > 0, 20_000);
const ann = discord.user('Ann');

const alone: number[] = [];
const beside: number[] = [];
const cards: number[] = [];
let quotes = 0;
const batches: number[] = [];
const alcove = await open('alcove', 200);
await inARow(await open('warm-up', 1), () => false);
await card(alcove, 1);
for (let round = 0; round < ROUNDS; round += 1) {
  const gallery = await open(`gallery ${round}`, 200);
  const channel = await open(`round ${round}`, 1);
  alone.push(...(await inARow(channel, () => false)));
  let isPainting = true;
  const from = performance.now();
  const painted = Promise.all(Array.from({ length: CARDS }, (_, at) => card(gallery, at + 1))).then(
    () => {
      isPainting = false;
      batches.push(performance.now() - from);
    },
  );
  beside.push(...(await inARow(channel, () => !isPainting)));
  await painted;
}
for (let one = 0; one < 20; one += 1) cards.push(await card(alcove, one + 1));

const row = (name: string, figures: readonly number[]) => [
  name,
  ...[0.5, 0.95, 0.99, 1].map((part) => ms(quantile(figures, part))),
  String(figures.length),
];
const head = ['', 'median', 'p95', 'p99', 'slowest', 'of'];
const rows = [
  row('/next, no card asked for', alone),
  row(`/next, while ${CARDS} cards are made`, beside),
  row('a card, nothing else going on', cards),
  row(`${CARDS} cards asked for at once, the last`, batches),
];
const ratio = `/next beside cards: ${(median(beside) / median(alone)).toFixed(2)} × the median`;
process.stdout.write(`${machine()}\n\n${table(head, rows)}\n\n${ratio}\n`);
await bot.ended('SIGTERM');
await discord.stop();
await rm(folder, { recursive: true });

/** A channel in which the tale is told up to a passage. */
async function open(name: string, passage: number) {
  const [channel, host] = [discord.channel(name), discord.user(`Host of ${name}`)];
  await host.slash(channel, 'read', { story: 'tale' });
  await host.slash(channel, 'goto', { passage });
  return channel;
}

/** Asks for passages one after the other, until enough or over; how long each took, in ms. */
async function inARow(channel: Awaited<ReturnType<typeof open>>, isOver: () => boolean) {
  const taken: number[] = [];
  while (taken.length < IN_A_ROW && !isOver()) {
    await sleep(READING);
    const from = performance.now();
    const answer = await ann.slash(channel, 'next');
    if (answer.kind !== 'message' || answer.private) throw new Error(JSON.stringify(answer));
    taken.push(performance.now() - from);
  }
  return taken;
}

/** Has a line quoted as a picture by a reader of its own; how long that took, in ms. */
async function card(gallery: Awaited<ReturnType<typeof open>>, passage: number): Promise<number> {
  quotes += 1;
  const reader = discord.user(`Reader ${quotes}`);
  const from = performance.now();
  const answer = await reader.slash(gallery, 'quote', { line: `#${passage}.1`, as: 'card' });
  if (answer.kind !== 'message' || answer.message.attachments.length === 0) {
    throw new Error(`Not a card: ${JSON.stringify(answer)}`);
  }
  return performance.now() - from;
}
