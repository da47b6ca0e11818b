import { planNames } from '../changes.ts';
import { isAt, rollbacksIn } from '../rollbacks.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, openShop, slow, stands, TARGET } from './shop.ts';

/** An update that hurts and can still be cancelled. */
export const stackUpdates: readonly Scenario[] = [
  {
    name: 'cloudformation-in-monitoring-time',
    shows:
      'every resource is new and the monitoring time runs: the update is cancelled, and the old alias serves',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30 });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: {
      ...cancelled(),
      also: (stage) =>
        stands('UPDATE_ROLLBACK_COMPLETE', '1')(stage) ??
        planNames(/^parameter Version: 2 → 1$/, /^Live \(AWS::Lambda::Alias\): updated$/)(stage),
    },
  },
  {
    name: 'cloudformation-in-flight',
    shows: 'slow resources still change when the alarm turns: the update is cancelled in the middle',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY, more: [slow('One', 200), slow('Two', 300), slow('Three', 300)] });
      await stage.aftermath();
    },
    ends: cancelled(),
  },
  {
    name: 'cloudformation-without-token',
    shows:
      'a plain command without a request token updates the stack: no event names it, and it is cancelled all the same',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30, role: null });
      shop.update({ code: FAULTY, token: undefined } as never);
      await stage.aftermath();
    },
    ends: cancelled(),
  },
  {
    name: 'cloudformation-both-watch',
    shows:
      'the alarm is a rollback trigger too: CloudFormation or Lastgood goes back, whichever is first, and nothing is done twice',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30, triggered: true });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: { ...cancelled(), writes: [], orWrites: ['CancelUpdateStack'] },
  },
  {
    name: 'cloudformation-rollback-stuck-once',
    shows: 'the rollback of the cancelled update fails: it is continued once, with the role of the stack',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30 });
      shop.update({ code: FAULTY, change: { undoFails: { reason: 'locked', times: 1 } } });
      await stage.aftermath();
    },
    ends: { ...cancelled(), writes: ['CancelUpdateStack', 'ContinueUpdateRollback'] },
  },
  {
    name: 'cloudformation-rollback-stuck',
    shows: 'the rollback fails twice: nothing is skipped or forced, and a person is notified',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30 });
      shop.update({ code: FAULTY, change: { undoFails: { reason: 'locked', times: 9 } } });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['CancelUpdateStack', 'ContinueUpdateRollback'] },
      because: /the rollback of shop failed/,
      also: stands('UPDATE_ROLLBACK_FAILED', '2'),
    },
  },
  {
    name: 'cloudformation-overtaken',
    shows: 'a pipeline updates the stack again while the way back is proven: Lastgood does not fight',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30 });
      shop.update({ code: FAULTY });
      await stage.until('the way back is being proven', () => isAt(stage, 'Verify'));
      await shop.rest();
      shop.update({ code: FAULTY });
      await stage.until('the rollback has ended', () => !isRunning(stage), 10);
      await stage.minutes(1);
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['CancelUpdateStack'], follows: 'first' },
      because: /a newer update of shop began: shop@deploy-3/,
    },
  },
];

function cancelled(): Ending {
  return {
    ...{ outcome: 'rolled-back', served: true, writes: ['CancelUpdateStack'] },
    also: stands('UPDATE_ROLLBACK_COMPLETE', '1'),
  };
}

function isRunning(stage: Stage): boolean {
  return rollbacksIn(stage.runtime).some(({ status }) => status === 'RUNNING');
}
