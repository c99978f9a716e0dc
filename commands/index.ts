import type { Command, Press } from '../src/command.ts';
import { pressReady } from '../src/telling/readying.ts';
import back from './back.ts';
import catchup from './catchup.ts';
import close from './close.ts';
import doctor from './doctor.ts';
import forgetMe from './forget-me.ts';
import goto from './goto.ts';
import kept from './kept.ts';
import library from './library.ts';
import next from './next.ts';
import pace from './pace.ts';
import quote from './quote.ts';
import quoteLine from './quote-line.ts';
import read from './read.ts';
import search from './search.ts';
import where from './where.ts';

/** Every command there is; the router and the registration both read this list. */
export const commands: readonly Command[] = [
  read,
  next,
  back,
  goto,
  where,
  catchup,
  quote,
  quoteLine,
  search,
  kept,
  library,
  pace,
  close,
  doctor,
  forgetMe,
];

/** The buttons that are no command's own, by their custom ids' first part. */
export const buttons: Readonly<Record<string, Press>> = { ready: pressReady };
