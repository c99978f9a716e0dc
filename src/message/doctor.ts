import type { Need } from '../needs.ts';
import type { Problem } from '../reading/problems.ts';
import type { MessageBody, Reading } from '../reading/record.ts';
import type { Words } from '../words/words.ts';
import { inlineTitle } from './markdown.ts';
import { paceText } from './pace.ts';
import { timestamp } from './time.ts';

/** What was found in a channel. */
export interface Findings {
  /** A server the bot is a member of, one that knows it by its readers' installs, a DM with it. */
  readonly place: 'server' | 'guest' | 'dm';
  /** Nobody but the asker can see what is told. */
  readonly isUnheard: boolean;
  readonly isThread: boolean;
  /** None where permissions are nothing to us. */
  readonly needs: readonly Need[];
  /** How long the store took to answer, in ms; absent where it did not. */
  readonly storeTook?: number;
  readonly reading?: Reading;
  readonly problem?: Problem;
  /** Since when problems are remembered, in ms. */
  readonly since: number;
}

const GOOD = '✓';
const BAD = '✗';

/** The findings, a line each, and what to do about them. */
export function doctorMessage(findings: Findings, words: Words): MessageBody {
  const { place, isUnheard, needs, storeTook } = findings;
  const store =
    storeTook === undefined
      ? `${BAD} ${words('doctor.storeDown')}`
      : `${GOOD} ${words('doctor.store', { ms: storeTook })}`;
  const lines = [
    `### ${words('doctor.title')}`,
    `${GOOD} ${words(`doctor.${place}`)}`,
    ...(isUnheard ? [`${BAD} ${words('refusal.private')}`] : []),
    ...needs.map((need) => needLine(need, words)),
    ...(needs.every(({ isMet }) => isMet) ? [] : [mending(findings, words)]),
    store,
    ...(storeTook === undefined ? [] : [readingLine(findings.reading, words)]),
    problemLine(findings, words),
    `-# ${words('doctor.memory', { since: timestamp(findings.since, 'R') })}`,
  ];
  return { content: lines.join('\n'), components: [] };
}

function needLine({ name, feature, isMet }: Need, words: Words): string {
  const what = words(`doctor.need.${feature}`);
  return isMet
    ? `${GOOD} ${words('doctor.met', { name, what })}`
    : `${BAD} ${words('doctor.missing', { name, what })}`;
}

function mending({ isThread }: Findings, words: Words): string {
  return `→ ${words(isThread ? 'doctor.mendThread' : 'doctor.mend')}`;
}

function readingLine(reading: Reading | undefined, words: Words): string {
  if (reading === undefined) return `${GOOD} ${words('doctor.noReading')}`;
  const title = inlineTitle(reading.title);
  return `${GOOD} ${words('doctor.reading', { title, pace: paceText(reading.pace, words) })}`;
}

function problemLine({ problem }: Findings, words: Words): string {
  if (problem === undefined) return `${GOOD} ${words('doctor.noProblem')}`;
  const { trouble, at, overAt } = problem;
  const what = words('doctor.problem', {
    at: timestamp(at, 'R'),
    trouble: words(`doctor.trouble.${trouble}`),
  });
  return overAt === undefined
    ? `${BAD} ${what} ${words('doctor.notOver')}`
    : `${GOOD} ${what} ${words('doctor.over', { at: timestamp(overAt, 'R') })}`;
}
