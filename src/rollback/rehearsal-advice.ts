import type { Rollback, Slices } from './document.ts';
import { staysOn } from './left-back.ts';
import { adviceOn, cureFirst, lookFirst, proveMore } from './next-steps.ts';
import type { OutcomeState } from './outcome.ts';
import { rehearsalOf } from './request.ts';

/** A rehearsal condemns nothing. Its way forward brings back what ran, unless something else was deployed since. */
export function afterRehearsing(state: OutcomeState, rollback: Partial<Rollback>): readonly string[] {
  const isForward = rehearsalOf(rollback.request)?.way === 'forward';
  switch (state) {
    case 'rolled-back':
      return isForward ? proveMore(rollback.health) : [`Go forward again: ${goForward(rollback)}`];
    case 'skipped':
      return [];
    case 'failed-clean':
      return ['Nothing was changed. Correct the reason, then rehearse again: a rollback would fail as well.'];
    case 'failed-dirty':
      return rollback.settled?.state === 'overtaken'
        ? [...lookFirst(rollback), 'The rehearsal is over: it does not go forward over what was deployed.']
        : [
            ...lookFirst(rollback),
            ...cureFirst(rollback),
            `Go forward${isForward ? ' once more' : ''}: ${goForward(rollback)}`,
          ];
  }
}

function goForward({ request }: Partial<Rollback>): string {
  return `npx --no-install lastgood rehearse ${request?.target} --forward`;
}

/** Advises where the way forward left the target on what the way back had put there. */
export function whereLeft(rollback: Partial<Rollback>): readonly string[] {
  const { request, plan, paused, error } = rollback;
  if (error?.Error === 'UnsupportedTarget') return adviceOn(rollback);
  if (plan?.state === 'no-way-back') {
    const ran = plan.recent?.find(({ revision }) => revision.id === request?.revision)?.revision.name;
    const stays = staysOn(rollback) ?? 'what runs now';
    return [
      `Deploy ${ran ?? 'the revision that ran before'} by your own means, or decide that ${stays} may stay. Lastgood cannot go forward while the reason holds.`,
    ];
  }
  return [
    ...(paused?.state === 'over' ? ['Resume Lastgood (npx --no-install lastgood resume).'] : []),
    ...adviceOn(rollback),
    ...(lacksConsent(rollback) ? ['Tag the target lastgood=approve or lastgood=auto.'] : []),
    `Go forward: ${goForward(rollback)}`,
  ];
}

/** Such a target is the only one that the judge refuses, besides those where the rehearsal is over. */
function lacksConsent({ verdict }: Slices): boolean {
  return verdict?.verdict === 'observe' || verdict?.verdict === 'skip';
}
