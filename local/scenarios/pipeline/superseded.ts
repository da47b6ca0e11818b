import type { Ending, Scenario } from '../scenario.ts';
import { DEPLOY, FAULTY, hold, letIn, openShop, request, rollBackByHand, runs, TARGET } from './shop.ts';

/** What was deployed after a bad execution is not undone, and CodePipeline's own rollback is joined. */
export const pipelineSuperseded: readonly Scenario[] = [
  {
    name: 'pipeline-put-back-by-hand',
    shows: 'a person rolls the stage back before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(10);
      await shop.release(FAULTY);
      await stage.minutes(0.5);
      rollBackByHand(stage, shop.good);
      await stage.aftermath();
    },
    ends: { ...left('c1'), outcome: 'skipped', because: /^.*c1@\w{8} is (being brought )?back already/ },
  },
  {
    name: 'pipeline-hotfix-before-alarm',
    shows: 'the fix is deployed before the alarm turns: a person is asked at most, and the fix stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(10);
      await shop.release(FAULTY);
      await shop.release();
      await stage.aftermath();
    },
    ends: { ...left('c3'), outcome: 'skipped', because: /No answer came/ },
  },
  {
    name: 'pipeline-own-rollback',
    shows: 'the stage fails and CodePipeline rolls it back: Lastgood joins, writes nothing, and verifies',
    target: TARGET,
    async play(stage) {
      const late = { ...DEPLOY, name: 'Late', runOrder: 2 };
      const actions = [DEPLOY, late];
      const onFailure = { result: 'ROLLBACK' } as const;
      const shop = await openShop(stage, { stages: [{ name: 'Prod', actions, onFailure }] });
      stage.world.codepipeline.failsNext('Late', 'the smoke test failed');
      shop.start(FAULTY);
      await stage.aftermath();
    },
    ends: { ...left('c1'), outcome: 'rolled-back' },
  },
  {
    name: 'pipeline-fix-on-the-way-back',
    shows:
      'the fix enters the stage after the rollback, while it is being proven: Lastgood yields, and says so',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.until('the way back has begun', () => stage.journal.writes().length > 0);
      shop.start();
      await stage.aftermath();
    },
    ends: {
      ...left('c3'),
      ...{ outcome: 'failed-dirty', writes: ['RollbackStage'] },
      because: /newer deployment took over/,
    },
  },
  {
    name: 'pipeline-fix-at-the-last-moment',
    shows: 'a person lets the fix in between the plan and the write: AWS refuses, and Lastgood leaves it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      hold(stage);
      shop.start();
      await stage.minutes(1);
      stage.runtime.wire.disturb.precede('codepipeline', 'RollbackStage', () => letIn(stage));
      request(stage);
      await stage.aftermath();
    },
    ends: { ...left('c3'), outcome: 'failed-clean', because: /UnableToRollbackStageException/ },
  },
];

/** Returns an ending: nothing is written, and the stage keeps this commit. */
function left(commit: string): Omit<Ending, 'outcome'> {
  return { served: true, writes: [], also: (stage) => runs(stage, commit) };
}
