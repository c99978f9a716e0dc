/** One way on from a state: what happens, in words, and what holds then. */
export type Step<State> = readonly [what: string, next: State];

export interface Space<State> {
  readonly initial: State;
  /** The same for the same states. */
  key(state: State): string;
  steps(state: State): Iterable<Step<State>>;
  /** What is wrong with a state; nothing where all is well. `isEnd` where it has no way on. */
  wrong(state: State, isEnd: boolean): string | undefined;
}

export interface Found {
  /** How many states there are, or were met before the first wrong one. */
  readonly states: number;
  /** The shortest way to a wrong state, a line each, and at last what is wrong with it. */
  readonly wrong?: readonly string[];
}

/**
 * Goes through every state that can be reached, breadth first, each once; ends at the first wrong
 * one.
 */
export function search<State>(space: Space<State>): Found {
  const met = new Set([space.key(space.initial)]);
  const states: (State | undefined)[] = [space.initial];
  const cameFrom: number[] = [-1];
  const by: string[] = [''];
  for (let id = 0; id < states.length; id++) {
    const state = states[id];
    if (state === undefined) continue;
    // Not needed again, and there are many.
    states[id] = undefined;
    let isEnd = true;
    for (const [what, next] of space.steps(state)) {
      isEnd = false;
      const key = space.key(next);
      if (met.has(key)) continue;
      met.add(key);
      states.push(next);
      cameFrom.push(id);
      by.push(what);
    }
    const wrong = space.wrong(state, isEnd);
    if (wrong !== undefined) return { states: met.size, wrong: [...way(id), wrong] };
  }
  return { states: met.size };

  function way(end: number): string[] {
    const steps: string[] = [];
    for (let id = end; id > 0; id = cameFrom[id] ?? 0) steps.push(by[id] ?? '');
    return steps.reverse();
  }
}
