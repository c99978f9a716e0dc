import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Question, Usage } from './probe.ts';

const PROBE = new URL('probe.ts', import.meta.url).href;
const children = new Set<ChildProcess>();
// A measurement that fails leaves none of its processes behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export interface LaunchOptions {
  /** See usage(). */
  readonly probe: boolean;
  readonly flags?: readonly string[];
  /** The working directory, where relative settings and a `.env` are looked for. */
  readonly folder?: string;
}

/** Runs a script in a Node of its own, in this environment and `env`. */
export function launch(
  script: string,
  env: Readonly<Record<string, string>>,
  { probe, flags = [], folder }: LaunchOptions,
): ChildProcess {
  const probing = probe ? ['--expose-gc', '--import', PROBE] : [];
  const child = spawn(process.execPath, [...flags, ...probing, script], {
    stdio: ['ignore', 'ignore', 'inherit', probe ? 'ipc' : 'ignore'],
    env: { ...process.env, ...env },
    ...(folder !== undefined && { cwd: folder }),
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** What a process launched with the probe uses now. Rejects when it has ended. */
export async function usage(child: ChildProcess, question: Question = 'collected'): Promise<Usage> {
  const answer = Promise.withResolvers<Usage>();
  const onExit = () => answer.reject(new Error('a measured process has ended by itself'));
  child.once('message', answer.resolve);
  child.once('exit', onExit);
  child.send(question, (error) => error && answer.reject(error));
  try {
    return await answer.promise;
  } finally {
    child.off('exit', onExit);
  }
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
