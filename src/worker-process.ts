import { fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { StartWorker } from './worker-queue.ts';

/** A worker's process ended of itself. */
export class ProcessGoneError extends Error {
  override readonly name = 'ProcessGoneError';
  /** V8 aborts a process whose heap is full. */
  readonly isOutOfMemory: boolean;

  constructor(end: number | string, said: string) {
    super(`The worker's process ended with ${end}: ${said}`);
    this.isOutOfMemory = end === 'SIGABRT';
  }
}

/** What is kept of its last words, in UTF-16 units. */
const LAST_WORDS = 4000;

/**
 * Workers that are processes, each running a script with one argument, which answers every message
 * with one of its own. With the process goes all of its memory, where of a thread's the allocator
 * keeps what it can: of one that read 300 novels, 170 MB. Of our environment, which may hold secrets,
 * it has nothing.
 * @param heap megabytes
 */
export function inProcess(script: URL, argument: string, heap: number): StartWorker {
  return ({ answered, gone }) => {
    const child = fork(fileURLToPath(script), [argument], {
      // Windows can't start a process without SystemRoot.
      env: { SystemRoot: process.env['SystemRoot'], NODE_COMPILE_CACHE: getCompileCacheDir() },
      execArgv: [`--max-old-space-size=${heap}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.stderr?.on('data', (chunk) => {
      lastWords = `${lastWords}${chunk}`.slice(-LAST_WORDS);
    });
    child.on('message', answered);
    child.on('error', gone);
    child.on('close', (code, signal) => {
      gone(new ProcessGoneError(signal ?? code ?? 'no code', lastWords));
    });
    const ref = () => {
      child.ref();
      child.channel?.ref();
    };
    return {
      hand: (job) => child.send(job),
      ref,
      unref() {
        child.unref();
        child.channel?.unref();
      },
      async end() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, 'exit');
        ref();
        child.kill('SIGKILL');
        await exited;
      },
    };
  };
}
