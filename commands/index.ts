import type { Command } from '../src/command.ts';
import back from './back.ts';
import close from './close.ts';
import goto from './goto.ts';
import library from './library.ts';
import next from './next.ts';
import quote from './quote.ts';
import read from './read.ts';
import where from './where.ts';

/** Every command there is; the router and the registration both read this list. */
export const commands: readonly Command[] = [read, next, back, goto, where, quote, library, close];
