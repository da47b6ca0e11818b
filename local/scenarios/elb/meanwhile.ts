import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { weighs } from './ends.ts';
import { openTwoGroups } from './two-groups.ts';
import { FAULTY, TARGET } from './releases.ts';

/** Somebody moves the traffic while it is being taken back. */
export const meanwhile: readonly Scenario[] = [
  {
    name: 'elb-moved-on',
    shows:
      'the pipeline moves more traffic while a person is asked: that may be the fix, and silence is no answer to it',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '2', 'lastgood:silence': 'go' };
      const farm = await openTwoGroups(stage, { tags });
      await farm.start('green', FAULTY);
      farm.weigh({ blue: 1, green: 1 });
      await enters(stage, 'Approve');
      farm.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: false,
      writes: [],
      because: /Nobody answered/,
    },
  },
  {
    name: 'elb-moved-before-revert',
    shows:
      'the pipeline moves the traffic again after the plan was made: the weights are no longer those of the plan, and are left alone',
    target: TARGET,
    async play(stage) {
      const farm = await openTwoGroups(stage);
      await farm.start('green', FAULTY);
      farm.weigh({ blue: 0, green: 100 });
      await enters(stage, 'Stop');
      farm.weigh({ blue: 1, green: 3 });
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
    shows: 'somebody tidies blue away after the plan was made: it says so, and nothing is changed',
    target: TARGET,
    async play(stage) {
      const farm = await openTwoGroups(stage);
      await farm.start('green', FAULTY);
      farm.weigh({ blue: 0, green: 100 });
      await enters(stage, 'Stop');
      farm.weigh({ green: 100 });
      const group = { AutoScalingGroupName: 'shop-blue', ForceDelete: true };
      stage.call('autoscaling', 'DeleteAutoScalingGroup', group);
      stage.call('elb', 'DeleteTargetGroup', { TargetGroupArn: farm.groups.blue });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /shop-blue no longer exists/,
    },
  },
  {
    name: 'elb-overtaken',
    shows: 'the pipeline moves the traffic again after it went back: it is let through, and a person is told',
    target: TARGET,
    async play(stage) {
      const farm = await openTwoGroups(stage);
      await farm.start('green', FAULTY);
      farm.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes('ModifyRule'));
      await stage.minutes(0.5);
      farm.weigh({ blue: 9, green: 1 });
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
      'a controller that no tag tells of puts the bad weights back after ours: that is said at once, and not fought',
    target: TARGET,
    async play(stage) {
      const farm = await openTwoGroups(stage);
      await farm.start('green', FAULTY);
      farm.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes('ModifyRule'));
      await stage.minutes(0.2);
      farm.weigh({ blue: 0, green: 100 });
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
];

function hasEnded(stage: Stage): boolean {
  return stage.runtime.executions().every(({ status }) => status !== 'RUNNING');
}

/** Waits until a rollback has come to a state and is still in it. */
function enters(stage: Stage, state: string): Promise<void> {
  const isThere = () => stage.runtime.executions().some(({ states }) => states.at(-1)?.name === state);
  return stage.until(`a rollback has come to ${state}`, isThere);
}
