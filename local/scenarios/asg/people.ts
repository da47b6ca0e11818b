import type { RefreshPreferences } from '@aws-sdk/client-auto-scaling';
import { condemnedBesides } from '../events/published.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openFleet, TARGET, wentTo, type Fleet } from './fleet.ts';

const FAULTY = { errorRate: 0.5 };
const AT_ONCE: RefreshPreferences = { MaxHealthyPercentage: 200 };

/** Minutes for the soak of a second good version and the sweep that proves it. */
const PROVING_MINUTES = 9;

/** Opens the fleet with this many proven versions. The next version is bad, and completely out. */
export async function openHurt(stage: Stage, proven: 1 | 2): Promise<Fleet> {
  const fleet = await openFleet(stage);
  if (proven === 2) {
    fleet.release({}, { preferences: AT_ONCE });
    await fleet.refreshed();
    await stage.minutes(PROVING_MINUTES);
  }
  fleet.release(FAULTY, { preferences: AT_ONCE });
  await fleet.refreshed();
  return fleet;
}

export const leftAlone = (version: string, culprit: string, because: RegExp): Ending => ({
  outcome: 'skipped',
  served: true,
  writes: [],
  because,
  also: (stage) => wentTo(stage, version) ?? condemnedBesides(stage, culprit),
});

/** Deployments of people and their tools between the bad release and its alarm. Lastgood leaves them alone. */
export const asgPeople: readonly Scenario[] = [
  {
    name: 'asg-person-goes-back',
    shows: 'a person refreshes the instances to the good version before the alarm turns: that is left alone',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 1);
      fleet.deploy('1', AT_ONCE);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: leftAlone('1', 'web:2', /web:1 is (being brought )?back already/),
  },
  {
    name: 'asg-person-goes-back-two-proven',
    shows: 'the same with two proven versions: the person takes the newer one',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 2);
      fleet.deploy('2', AT_ONCE);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: leftAlone('2', 'web:3', /web:2 is (being brought )?back already/),
  },
  {
    name: 'asg-person-goes-further-back',
    shows: 'the same, and the person takes the older one',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 2);
      fleet.deploy('1', AT_ONCE);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: leftAlone('1', 'web:3', /web:1 is (being brought )?back already/),
  },
  {
    name: 'asg-pipeline-goes-back',
    shows:
      'a pipeline makes a new version with the content of the good one: Lastgood recognises it by its content',
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, 1);
      fleet.releaseAgain(1, AT_ONCE);
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: leftAlone(
      '3',
      'web:2',
      /web:3, which is web:1 under another name, is (being brought )?back already/,
    ),
  },
  ...([1, 2] as const).map(hotfix),
];

function hotfix(proven: 1 | 2): Scenario {
  return {
    name: proven === 1 ? 'asg-hotfix' : 'asg-hotfix-two-proven',
    shows: `a person deploys the fix before the alarm turns, with ${proven} proven before: a person decides, and it stays`,
    target: TARGET,
    async play(stage) {
      const fleet = await openHurt(stage, proven);
      fleet.release({}, { preferences: AT_ONCE });
      await stage.aftermath();
      await fleet.refreshed();
    },
    ends: leftAlone(String(proven + 2), `web:${proven + 1}`, /No answer came|may be the fix/),
  };
}
