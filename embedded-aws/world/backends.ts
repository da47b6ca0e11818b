import type { Backends } from './seams.ts';

/** Combines the backends of several services: the first that knows a target answers for it. */
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
