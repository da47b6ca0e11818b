import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { wentTo } from './endings.ts';
import { openProvenShop } from './proven-shop.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';
import { GOOD } from './task-definitions.ts';

/** Tasks that do not start, though no release is at fault. */
export const slowStarts: readonly Scenario[] = [
  {
    name: 'ecs-scale-out-unplaced',
    shows:
      'the service scales out and Fargate has no room: no deployment is in flight, so nothing is rolled back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.world.ecs.quota.vcpus = 1;
      shop.update({ desiredCount: 8 });
      stage.journal.note('the service is scaled out to 8 tasks, and there is room for 4');
      await stage.minutes(20);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: wasHintedAt('SERVICE_TASK_PLACEMENT_FAILURE'),
    },
  },
  {
    name: 'ecs-release-unplaced',
    shows: 'Fargate has no room for a release: that may not be its fault, so a person is asked, and it stays',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage);
      stage.world.ecs.quota.vcpus = 1;
      shop.release('v3');
      await stage.aftermath(60);
    },
    ends: { outcome: 'skipped', served: true, writes: [], because: /No answer came/ },
  },
  {
    name: 'ecs-slow-release',
    shows:
      'the tasks of a good release take three minutes to start, and the first ones fail: nothing is done',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage);
      const slow = { ...GOOD, startSeconds: 180 };
      shop.release('v3', slow, { imageMissing: true });
      await stage.minutes(0.8);
      stage.world.ecr.push('checkout', 'v3', slow);
      stage.journal.note('the image of v3 is pushed, after its first tasks failed');
      await shop.deployed();
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => wasHintedAt('SERVICE_TASK_START_IMPAIRED')(stage) ?? wentTo(stage, 'checkout:3'),
    },
  },
  {
    name: 'ecs-release-in-a-blip',
    shows:
      'a dependency of a good release is down for 50 seconds, and its tasks exit: they start after that, and nothing is done',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage);
      shop.release('v3', { exitsAfterSeconds: 2, exitCode: 1 });
      await stage.minutes(1.2);
      mend(stage, 'v3');
      stage.journal.note('the dependency of v3 is back');
      await shop.deployed();
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: true,
      writes: [],
      executions: 0,
      also: (stage) => wentTo(stage, 'checkout:3'),
    },
  },
];

/** Returns a check: null if a rule of Lastgood matched this event, or else the event. */
function wasHintedAt(eventName: string): (stage: Stage) => string | null {
  return ({ runtime }) => {
    const isMatched = runtime.bus.published.some(
      ({ event, rules }) => event.detail['eventName'] === eventName && rules.length > 0,
    );
    return isMatched ? null : `no rule matched ${eventName}`;
  };
}

/** Mends an image: its tasks stay up if they start from now on. */
function mend(stage: Stage, tag: string): void {
  const found = stage.world.ecr.resolve(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/checkout:${tag}`);
  delete (found?.behaviour as { exitsAfterSeconds?: number }).exitsAfterSeconds;
}
