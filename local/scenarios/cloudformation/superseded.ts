import type { Ending, Scenario } from '../scenario.ts';
import { FAULTY, openShop, TARGET } from './shop.ts';

/** Lastgood does not undo an update that was made after a bad one and before its alarm. */
export const stackSuperseded: readonly Scenario[] = [
  {
    name: 'cloudformation-fix-before-alarm',
    shows:
      'the fix is being deployed when the alarm turns: to cancel it would bring the bad update back, so it stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY });
      await shop.rest();
      await stage.minutes(1);
      shop.update({ code: {}, token: 'fix' });
      await stage.aftermath();
    },
    ends: left(/shop@fix (is replacing|replaced) shop@deploy-2, which ran when the harm began/),
  },
  {
    name: 'cloudformation-second-bad-update',
    shows:
      'the update that replaced the bad one hurts in the same way: after two more looks a person is informed of it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:pipeline': 'the pipeline shop-release' } });
      shop.update({ code: FAULTY });
      await shop.rest();
      await stage.minutes(1);
      shop.update({ code: { errorRate: 0.5 }, token: 'no-fix' });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because:
        /^No end of the harm was seen: shop@no-fix replaced shop@deploy-2, .*: run the pipeline shop-release with the last good commit\. The last good update was shop@create-1/,
    },
  },
  {
    name: 'cloudformation-put-back-by-hand',
    shows: 'a person deploys the old template again before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY });
      await shop.rest();
      await stage.minutes(1);
      shop.pointAt('1', { token: 'back' });
      await stage.aftermath();
    },
    ends: left(
      /shop@back.* is back already: it replaced shop@deploy-2|shop@back (is replacing|replaced) shop@deploy-2/,
    ),
  },
  {
    name: 'cloudformation-cancelled-by-hand',
    shows:
      'a person cancels the update before the alarm turns: Lastgood joins and proves it, and writes nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 30 });
      shop.update({ code: FAULTY });
      await stage.minutes(1.5);
      stage.call('cloudformation', 'CancelUpdateStack', { StackName: 'shop' });
      stage.journal.note('a person cancels the update');
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: [] },
  },
];

function left(because: RegExp): Ending {
  return { outcome: 'skipped', served: true, writes: [], because };
}
