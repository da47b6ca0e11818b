import { weighs } from '../elb/ends.ts';
import { TARGET } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { leftNoRung, pauseAfter, published, resume, staysFor } from './pausing.ts';

/** Lets green hurt while blue is too small: the way back grows blue first, and then moves the weights. */
async function openSmallBlue(stage: Stage) {
  const groups = await openTwoGroups(stage);
  await groups.start('green', { errorRate: 0.4 });
  groups.weigh({ blue: 0, green: 100 });
  await groups.resize('blue', 1);
  return groups;
}

/** A pause between two writes of one way back. */
export const pausedWrites: readonly Scenario[] = [
  {
    name: 'pause-between-writes',
    shows:
      'Lastgood is paused for an hour after blue grew: the weights wait, deadlines stand still, and the same rung goes on',
    target: TARGET,
    async play(stage) {
      await openSmallBlue(stage);
      await pauseAfter(stage, 1);
      await staysFor(stage, 60);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['SetDesiredCapacity', 'ModifyRule'],
      also: (stage) => weighs(stage, 100, 0) ?? leftNoRung(stage) ?? published(stage, 'Rollback Paused', 1),
    },
  },
  {
    name: 'pause-twice-between-writes',
    shows: 'Lastgood is paused again before the rollback goes on: it waits again, and says so again',
    target: TARGET,
    async play(stage) {
      await openSmallBlue(stage);
      await pauseAfter(stage, 1);
      await staysFor(stage, 30);
      resume(stage);
      await pauseAfter(stage, 1);
      await staysFor(stage, 30);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['SetDesiredCapacity', 'ModifyRule'],
      also: (stage) => weighs(stage, 100, 0) ?? leftNoRung(stage),
    },
  },
  {
    name: 'pause-moved-by-a-person',
    shows:
      'a person moves the weights back while the way back waits: nothing is left to write, and health is proven',
    target: TARGET,
    async play(stage) {
      const groups = await openSmallBlue(stage);
      await pauseAfter(stage, 1);
      groups.weigh({ blue: 100, green: 0 });
      await staysFor(stage, 10);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['SetDesiredCapacity'],
      also: (stage) => weighs(stage, 100, 0),
    },
  },
  {
    name: 'pause-four-hours-dirty',
    shows: 'nobody resumes Lastgood for four hours after blue grew: a person must look',
    target: TARGET,
    async play(stage) {
      await openSmallBlue(stage);
      await pauseAfter(stage, 1);
      await stage.aftermath(300);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['SetDesiredCapacity'],
      because:
        /^The rollback stopped midway, and what it had begun stays as it is\. This rollback waited 4 hours\./,
      also: (stage) => weighs(stage, 0, 100),
    },
  },
];
