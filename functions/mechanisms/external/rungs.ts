import type { Rung } from '../../../src/rollback/plan.ts';

export function rungsOf(system: string, to: string, withinSeconds: number): readonly [Rung] {
  return [
    {
      name: 'hand-over',
      does: `asks ${system} to bring back ${to}, and waits for its answer`,
      withinSeconds,
    },
  ];
}
