import type { Backends } from './seams.ts';

/** What stands behind targets of several services: the first that knows a target answers for it. */
export function anyOf(several: readonly Backends[]): Backends {
  return {
    answers: (target) => {
      for (const backends of several) {
        const behaviour = backends.answers(target);
        if (behaviour !== null) return behaviour;
      }
      return null;
    },
  };
}
