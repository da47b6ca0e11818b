import { weighs } from '../elb/ends.ts';
import { TARGET } from '../elb/releases.ts';
import { openTwoGroups } from '../elb/two-groups.ts';
import { firstPageLacks } from '../report/pages.ts';
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
      because: /^shop-blue runs again .* Its last step was found done, and Lastgood has no record of it/,
      also: (stage) =>
        weighs(stage, 100, 0) ??
        firstPageLacks(
          stage,
          'because Lastgood was paused by ada: the database moves tonight.',
          'Lastgood was paused by ada',
          'Found put back, without a write of Lastgood',
          'to the minute, from 02:10 to 02:14 UTC',
        ),
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
      also: (stage) =>
        weighs(stage, 0, 100) ??
        firstPageLacks(
          stage,
          'It waited for 4 h 0 min, because Lastgood was paused by ada',
          'The pause was not over.',
          'from 02:10 to 06:13 UTC, where the known datapoints end',
        ),
    },
  },
];
