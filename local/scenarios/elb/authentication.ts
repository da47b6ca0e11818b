import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { actionsNow } from './ends.ts';
import { COGNITO, OIDC } from './logins.ts';
import { openTwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';

/** Lastgood replaces the list of actions as a whole. It must keep the authentication, or strangers get in. */
export const authentication: readonly Scenario[] = [
  kept('elb-oidc-kept', OIDC, 'the client secret, which AWS never shows, stays too'),
  kept('elb-cognito-kept', COGNITO, 'the role may see the client of the user pool, which AWS asks for'),
];

function kept(name: string, before: Action, detail: string): Scenario {
  return {
    name,
    shows: `users are still authenticated after the traffic went back: ${detail}`,
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage, { before });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ModifyRule'],
      also: (stage) => stillFirst(stage, before),
    },
  };
}

function stillFirst(stage: Stage, { Type }: Action): string | null {
  const [first, second] = actionsNow(stage).toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  return first?.Type === Type && second?.Type === 'forward'
    ? null
    : `the actions are ${first?.Type ?? 'none'} and ${second?.Type ?? 'none'}`;
}
