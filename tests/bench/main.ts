/**
 * `npm run bench`: Lamplight on each store beside a bare discord.js bot that answers a fixed text
 * of the same length, and beside one that makes the same requests. Each runs in a process of its
 * own on a stand-in for Discord of its own; the stand-ins and their readers are in this process.
 */

import { parseArgs } from 'node:util';
import { servers as testServers } from '../servers.ts';
import { findServers } from './database-servers.ts';
import { type KnownGuilds, measureKnownGuilds } from './known-guilds.ts';
import { measureLoad } from './load.ts';
import { latencyPlot, soakPlot, throughputPlot } from './plots.ts';
import { publish, type Section } from './publish.ts';
import { guildsReport, loadReport, soakReport, startReport } from './report.ts';
import { measureSoak } from './soak.ts';
import { CONTESTANTS, taking } from './stage.ts';
import { measureStarts } from './starts.ts';
import { machine } from './table.ts';

const USAGE = `npm run bench -- [options]
  --quick          a minute's run: its figures are rough
  --soak MINUTES   tells passages steadily for so long and watches the memory
  --only NAMES     only these of ${CONTESTANTS.join()}, and bare
  --parts NAMES    only these of load,starts,guilds
  --redis URL, --postgres URL
                   the servers to use, else TEST_REDIS_URL and TEST_POSTGRES_URL, else its own
  --write          writes docs/bench.md, the plots, and the README's part
`;
/** What --write soaks unless told otherwise, in minutes. */
const USUAL_SOAK = 10;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    soak: { type: 'string' },
    only: { type: 'string', default: CONTESTANTS.join() },
    parts: { type: 'string', default: 'load,starts,guilds' },
    redis: { type: 'string', default: testServers.redis ?? '' },
    postgres: { type: 'string', default: testServers.postgres ?? '' },
  },
});
if (options.help) {
  process.stdout.write(USAGE);
  process.exit();
}
// An interrupted run takes its processes with it: they are killed on exit.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const size = options.quick
  ? { heats: 1, rounds: 3, starts: 3, guilds: [1, 10_000] }
  : { heats: 3, rounds: 4, starts: 12, guilds: [1, 10_000, 100_000] };
const minutes = Number(options.soak ?? (options.write ? USUAL_SOAK : 0));
if (!(minutes >= 0)) throw new Error('--soak takes a number of minutes');
const parts = options.parts.split(',');
const progress = (what: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
};

const servers = await findServers({
  redis: options.redis || undefined,
  postgres: options.postgres || undefined,
});
const only = options.only.split(',');
const wanted = CONTESTANTS.filter((id) => id === 'bare' || only.includes(id));
const ids = taking(wanted, servers);
const sections: Section[] = [];
try {
  if (parts.includes('load')) {
    const load = await measureLoad(ids, servers, size, progress);
    sections.push({
      title: '`/next` under load',
      text: loadReport(load, size.heats * size.rounds, 'whole'),
      short: loadReport(load, size.heats * size.rounds, 'short'),
      images: [
        {
          name: 'bench-latency.svg',
          description: 'How long a passage takes, by how many are in flight',
          svg: latencyPlot(load),
        },
        {
          name: 'bench-throughput.svg',
          description: 'Passages a second, by how many are in flight',
          svg: throughputPlot(load),
        },
      ],
    });
  }
  if (parts.includes('starts')) {
    const starts = await measureStarts(ids, servers, size.starts, progress);
    const text = startReport(starts);
    sections.push({
      title: `Starting, the median of ${size.starts}`,
      text,
      short: text,
      images: [],
    });
  }
  if (parts.includes('guilds')) {
    const all: KnownGuilds[] = [];
    const pair = ids.filter((id) => id === 'bare' || id === 'sqlite');
    for (const guilds of size.guilds) {
      progress(`memory in ${guilds} servers`);
      all.push(await measureKnownGuilds(pair, servers, guilds));
    }
    const text = guildsReport(all);
    sections.push({ title: 'Memory in many servers', text, short: text, images: [] });
  }
  if (minutes > 0) {
    const soak = await measureSoak(ids, servers, minutes, progress);
    sections.push({
      title: 'A steady pace',
      text: soakReport(soak, minutes),
      short: soakReport(soak, minutes),
      images: [
        {
          name: 'bench-soak.svg',
          description: 'Resident memory while passages are told at a steady pace',
          svg: soakPlot(soak),
        },
      ],
    });
  }
} finally {
  await servers.stop();
}
progress('');
const facts = `${machine()}, ${new Date().toISOString().slice(0, 10)}.`;
const report = sections.map(({ title, text }) => `${title}\n\n${text}`);
process.stdout.write(`${[facts, ...report].join('\n\n')}\n`);
if (options.write) await publish(facts, sections);
