import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Lamplight {
  readonly process: ChildProcess;
  /** All it has written so far, on both streams. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Sends a signal, if one is named, and resolves with the exit code, null after a SIGKILL. */
  ended(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The bot as operators run it: a process of its own, with these settings and no others. */
export function startLamplight(
  settings: Readonly<Record<string, string>>,
  onFinished: (kill: () => void) => void,
): Lamplight {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    chunks.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    chunks.err += chunk;
  });
  const closed = once(child, 'close');
  onFinished(() => void child.kill('SIGKILL'));
  return {
    process: child,
    output: () => chunks.out + chunks.err,
    errors: () => chunks.err,
    async ended(signal) {
      if (signal !== undefined) child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}
