import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { weighs } from './ends.ts';
import { openTwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** A pipeline or an operator moves the traffic during a rollback. */
export const elbDuringRollback: readonly Scenario[] = [
  {
    name: 'elb-moved-on',
    shows:
      'the pipeline moves more traffic while a person is asked: that may be the fix, and silence is no answer to it',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '2', 'lastgood:silence': 'go' };
      const groups = await openTwoGroups(stage, { tags });
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 1, green: 1 });
      await enters(stage, 'Approve');
      groups.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /No answer came/,
    },
  },
  {
    name: 'elb-moved-before-revert',
    shows:
      'the pipeline moves the traffic again after the plan was made: the weights differ from the plan, and are left alone',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await enters(stage, 'Verdict');
      groups.weigh({ blue: 1, green: 3 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /the weights changed after the plan was made: 25 % shop-blue and 75 % shop-green/,
      also: (stage) => weighs(stage, 1, 3),
    },
  },
  {
    name: 'elb-blue-deleted',
    shows: 'an operator deletes blue after the plan was made: the reason says so, and nothing is changed',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await enters(stage, 'Verdict');
      groups.weigh({ green: 100 });
      const group = { AutoScalingGroupName: 'shop-blue', ForceDelete: true };
      stage.call('autoscaling', 'DeleteAutoScalingGroup', group);
      stage.call('elb', 'DeleteTargetGroup', { TargetGroupArn: groups.targetGroups.blue });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /shop-blue no longer exists/,
    },
  },
  {
    name: 'elb-overtaken',
    shows:
      'the pipeline moves the traffic again after it went back: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes('ModifyRule'));
      await stage.minutes(0.5);
      groups.weigh({ blue: 9, green: 1 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['ModifyRule'],
      also: (stage) => weighs(stage, 9, 1),
    },
  },
  {
    name: 'elb-put-back-after-ours',
    shows:
      "a controller that no tag names restores the bad weights after Lastgood's write: Lastgood reports it at once, and does not fight",
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes('ModifyRule'));
      await stage.minutes(0.2);
      groups.weigh({ blue: 0, green: 100 });
      const putBackAt = stage.world.clock.now();
      await stage.until('the rollback has ended', () => hasEnded(stage), 2.5);
      stage.journal.note(`it ended ${(stage.world.clock.now() - putBackAt) / 1000} s after that`);
      await stage.minutes(3);
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['ModifyRule'],
      because:
        /the weights were put back to shop-green after the rollback: a controller or pipeline sets them/,
      also: (stage) => weighs(stage, 0, 100),
    },
  },
  {
    name: 'elb-only-observed-between-writes',
    shows:
      'the rule is tagged observe after blue grew: AWS denies the weights, and the end says which tag was changed',
    target: TARGET,
    async play(stage) {
      const groups = await openTwoGroups(stage);
      await groups.start('green', FAULTY);
      groups.weigh({ blue: 0, green: 100 });
      await groups.resize('blue', 1);
      await stage.until('blue grows', () => stage.journal.writes().includes('SetDesiredCapacity'));
      const Tags = [{ Key: 'lastgood', Value: 'observe' }];
      stage.call('elb', 'AddTags', { ResourceArns: [groups.arn], Tags });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: ['SetDesiredCapacity'],
      denied: ['ModifyRule'],
      because: /The tag lastgood=auto of elb:\S+ was changed to observe after the plan was made/,
    },
  },
];

function hasEnded(stage: Stage): boolean {
  return rollbacksIn(stage.runtime).every(({ status }) => status !== 'RUNNING');
}

/** Waits until a rollback is in this state. */
function enters(stage: Stage, state: string): Promise<void> {
  const isThere = () => rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === state);
  return stage.until(`a rollback has come to ${state}`, isThere);
}
