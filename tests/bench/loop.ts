/** What this thread has computed, in milliseconds, whatever else the machine was doing. */
export function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Turns with the event loop until stopped; returns its longest standstill, and the most that this
 * thread computed in one, in milliseconds.
 */
export function watchLoop(): () => { wall: number; cpu: number } {
  const worst = { wall: 0, cpu: 0 };
  let wall = performance.now();
  let cpu = computed();
  let handle = setImmediate(function turn() {
    worst.wall = Math.max(worst.wall, performance.now() - wall);
    worst.cpu = Math.max(worst.cpu, computed() - cpu);
    wall = performance.now();
    cpu = computed();
    handle = setImmediate(turn);
  });
  return () => {
    clearImmediate(handle);
    return worst;
  };
}
