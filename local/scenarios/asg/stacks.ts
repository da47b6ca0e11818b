import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openFleet, TARGET, type Fleet } from './fleet.ts';
import { leftAlone, openHurt } from './people.ts';

/** An error rate for half of the instances: as bad as half of it on all of them. */
const VERY_FAULTY = { errorRate: 0.9 };
const HALF = 2;

const isBack = (version: number) => new RegExp(`web:${version} is (being brought )?back already`);

/** Opens a fleet that only stacks deploy to. The bad version reaches half of it before the update fails. */
async function openHalfRolled(stage: Stage, proven: 1 | 2): Promise<Fleet> {
  const fleet = await openFleet(stage, { isRolled: true });
  if (proven === 2) {
    await fleet.roll(fleet.version(), HALF);
    await stage.minutes(9);
  }
  await fleet.roll(fleet.version(VERY_FAULTY), HALF, 1);
  return fleet;
}

/** Deployments of a stack update after the bad release, without an instance refresh. */
export const asgStacks: readonly Scenario[] = [
  {
    name: 'asg-stack-goes-back',
    shows: 'a stack update puts the good version back, without a refresh: it is left alone',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 1);
      await fleet.roll('1');
      await stage.aftermath();
    },
    ends: leftAlone('1', 'web:2', isBack(1)),
  },
  {
    name: 'asg-stack-goes-back-two-proven',
    shows: 'the same with two proven versions, and the stack is done before the alarm turns',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 2);
      await fleet.roll('2', HALF);
      await stage.aftermath();
    },
    ends: leftAlone('2', 'web:3', isBack(2)),
  },
  ...([1, 2] as const).flatMap((proven) => [cancelled(proven), hotfix(proven), hotfixHalfway(proven)]),
];

/** Plays CloudFormation's own rollback, which ends only the instances of the bad version. */
function cancelled(proven: 1 | 2): Scenario {
  return {
    name: named('asg-stack-rolls-back', proven),
    shows: `CloudFormation rolls a failed update back halfway, with ${proven} proven before: old and new instances of the good version run, and it is left alone`,
    target: TARGET,
    async play(stage) {
      const fleet = await openHalfRolled(stage, proven);
      await stage.minutes(1);
      await fleet.roll(String(proven), HALF);
      await stage.aftermath();
    },
    ends: leftAlone(String(proven), `web:${proven + 1}`, isBack(proven)),
  };
}

function hotfix(proven: 1 | 2): Scenario {
  return {
    name: named('asg-stack-hotfix', proven),
    shows: `a stack update deploys the fix without a refresh before the alarm turns, with ${proven} proven before: a person decides, and it stays`,
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, proven);
      await fleet.roll(fleet.version(), HALF);
      await stage.aftermath();
    },
    ends: leftAlone(String(proven + 2), `web:${proven + 1}`, /No answer came|may be the fix/),
  };
}

function hotfixHalfway(proven: 1 | 2): Scenario {
  return {
    name: named('asg-stack-hotfix-halfway', proven),
    shows: `the same over a bad version that a stack brought to half of the instances, with ${proven} proven before`,
    target: TARGET,
    async play(stage) {
      const fleet = await openHalfRolled(stage, proven);
      await fleet.roll(fleet.version(), 1);
      await stage.aftermath();
    },
    ends: leftAlone(String(proven + 2), `web:${proven + 1}`, /No answer came|may be the fix/),
  };
}

function named(name: string, proven: 1 | 2): string {
  return proven === 1 ? name : `${name}-two-proven`;
}
