import type { Invariant } from './invariant.ts';

/** Rules of the way back. */
export const wayBack: readonly Invariant[] = [
  {
    name: 'traffic-only-to-what-carries-it',
    because: 'Argo Rollouts pull request 4612: a rollback sent 70 % of the traffic to a canary of 5 %',
    broken: ({ stage, story }) => {
      const byPeople = story.steps.some(({ what }) => what === 'shrink' || what === 'go-back');
      const all = stage.traffic.violations();
      return stage.journal.writes().length === 0 || byPeople ? null : all;
    },
  },
];
