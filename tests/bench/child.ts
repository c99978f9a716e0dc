import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Usage } from './probe.ts';

const PROBE = new URL('probe.ts', import.meta.url).href;
const children = new Set<ChildProcess>();
// A measurement that fails leaves none of its processes behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Runs a script in a Node of its own, in this environment and `env`; with `probe`, see usage(). */
export function launch(
  script: string,
  env: Readonly<Record<string, string>>,
  { probe, flags = [] }: { readonly probe: boolean; readonly flags?: readonly string[] },
): ChildProcess {
  const probing = probe ? ['--expose-gc', '--import', PROBE] : [];
  const child = spawn(process.execPath, [...flags, ...probing, script], {
    stdio: ['ignore', 'ignore', 'inherit', probe ? 'ipc' : 'ignore'],
    env: { ...process.env, ...env },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** What a process launched with the probe uses now. */
export async function usage(child: ChildProcess): Promise<Usage> {
  const answer = once(child, 'message');
  child.send('usage');
  const [figures] = await answer;
  return figures;
}

export async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
