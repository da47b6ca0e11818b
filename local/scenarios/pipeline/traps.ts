import { pause, resume, staysFor, untilHeld } from '../pause/pausing.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import {
  deployAction,
  DEPLOY,
  edit,
  FAULTY,
  openShop,
  PROD,
  prodNow,
  request,
  runs,
  TARGET,
  type Shop,
} from './shop.ts';

const SET = { StackName: 'checkout', ChangeSetName: 'next' };
const CREATE = deployAction('Create', 'CloudFormation', { ...SET, ActionMode: 'CHANGE_SET_REPLACE' });
const EXECUTE = deployAction('Execute', 'CloudFormation', { ...SET, ActionMode: 'CHANGE_SET_EXECUTE' });

/** Stages that AWS rolls back not at all, or not as wished. */
export const pipelineTraps: readonly Scenario[] = [
  {
    name: 'pipeline-runs',
    shows:
      'the stage still runs: AWS rolls back no stage that runs, and the reason names what its action deploys to',
    target: TARGET,
    async play(stage) {
      const late = { ...DEPLOY, name: 'Late', runOrder: 2 };
      const shop = await openShop(stage, { stages: [{ name: 'Prod', actions: [DEPLOY, late] }] });
      stage.world.codepipeline.takes('Late', 1800);
      shop.start(FAULTY);
      await stage.minutes(4);
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/action Late.*roll back lambda:checkout\/live instead/),
  },
  {
    name: 'pipeline-edited',
    shows:
      'a script edited the pipeline since the proven execution: AWS goes back across no edit, and it ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      edit(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/structure version 1, the pipeline was edited since/),
  },
  {
    name: 'pipeline-v1',
    shows: 'the pipeline is of the type V1, whose stages AWS does not roll back: ends clean and says so',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { declaration: { pipelineType: 'V1' } });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/of the type V1/),
  },
  {
    name: 'pipeline-outdated',
    shows: 'AWS holds the proven execution for outdated: it ends clean with the words of AWS',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      stage.world.codepipeline.outdate(shop.good);
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/PipelineExecutionOutdatedException/),
  },
  {
    name: 'pipeline-approval-rejected',
    shows:
      'the approval before the deploy action is rejected, and the stage fails: nothing that runs was changed, so no person is asked',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      putApproval(stage);
      await answerNext(stage, shop, 'Rejected');
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      because: /the approval of execution .* was rejected/,
    },
  },
  {
    name: 'pipeline-approval-rejected-in-the-soak',
    shows:
      'the approval of the next execution is rejected while the one before soaks: what runs goes on to be proven, as the note about the edit shows',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { proven: false });
      putApproval(stage);
      await answerNext(stage, shop, 'Rejected');
      await shop.soaked();
      // A proof that cannot be settled at once waits for ten minutes.
      await stage.minutes(12);
      await answerNext(stage, shop, 'Approved');
      await stage.minutes(3);
      request(stage);
      await stage.aftermath();
    },
    follows: 'last',
    ends: refused(/passed over c1@\S+: it ran with structure version 1/),
  },
  {
    name: 'pipeline-owned-by-the-function',
    shows:
      'the tag of the pipeline names the alias that it deploys: that is rolled back instead, and the reason says so',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:target': 'lambda:checkout/live' } });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/lambda:checkout\/live is what pipeline:checkout\/Prod deploys/),
  },
  {
    name: 'pipeline-no-last-known-good',
    shows: 'the very first execution hurts: there is nothing to go back to',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { proven: false, first: FAULTY });
      request(stage);
      await stage.aftermath();
    },
    ends: refused(/no last known good execution/),
  },
  {
    name: 'pipeline-change-set-consumed',
    shows:
      'the stage executes a change set of an earlier stage, which AWS deleted with its use: the rollback fails with the words of AWS',
    target: TARGET,
    async play(stage) {
      stage.world.codepipeline.stack('checkout', { functionName: 'checkout', alias: 'live' });
      const stages = [
        { name: 'Prepare', actions: [CREATE] },
        { name: 'Prod', actions: [EXECUTE] },
      ];
      const shop = await openShop(stage, { stages });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: ['RollbackStage'] },
      because: /the action Execute failed: ChangeSet \[next\] does not exist/,
    },
  },
  {
    name: 'pipeline-change-set-created-again',
    shows: 'the stage creates its change set itself: the rollback creates and executes it again',
    target: TARGET,
    async play(stage) {
      stage.world.codepipeline.stack('checkout', { functionName: 'checkout', alias: 'live' });
      const actions = [CREATE, { ...EXECUTE, runOrder: 2 }];
      const shop = await openShop(stage, { stages: [{ name: 'Prod', actions }] });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['RollbackStage'] },
      also: (stage) => runs(stage, 'c1'),
    },
  },
  {
    name: 'pipeline-paused',
    shows: 'Lastgood is paused: the stage is rolled back only when the pause ends',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      pause(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await untilHeld(stage);
      await staysFor(stage, 5);
      resume(stage);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['RollbackStage'] },
      also: (stage) => runs(stage, 'c1'),
    },
  },
  {
    name: 'pipeline-released-again',
    shows: 'the proven commit is released again and fails to help: going back to itself would change nothing',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await stage.minutes(10);
      await shop.release(undefined, 'c1');
      stage.world.lambda.callers.failAll(0.4);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: false, writes: [] },
      because: /has the source revisions that ran before/,
    },
  },
  {
    name: 'pipeline-requested-execution',
    shows: 'a tool names an execution that was never proven: it is done, because the request names it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { proven: false, stages: [PROD] });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage, shop.good);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['RollbackStage'] },
      also: (stage) => runs(stage, 'c1'),
    },
  },
];

/** Puts an approval before the deploy action. */
function putApproval(stage: Stage): void {
  const sign = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const;
  const actions = [
    { name: 'Sign', actionTypeId: sign },
    { ...DEPLOY, runOrder: 2 },
  ];
  edit(stage, { stages: [{ name: 'Prod', actions }] });
}

/** Starts a faulty execution, and answers its approval. */
async function answerNext(stage: Stage, shop: Shop, status: 'Approved' | 'Rejected'): Promise<void> {
  shop.start(FAULTY);
  await stage.until('the approval asks', () => tokenOf(stage) !== undefined);
  const approval = { pipelineName: 'checkout', stageName: 'Prod', actionName: 'Sign', token: tokenOf(stage) };
  const result = { status, summary: 'not on a Friday' };
  stage.call('codepipeline', 'PutApprovalResult', { ...approval, result });
}

/** Returns the token of the approval that waits in the stage. */
function tokenOf(stage: Stage): string | undefined {
  return prodNow(stage)?.actionStates?.[0]?.latestExecution?.token;
}

/** Returns an ending: nothing is written, and the reason says why. */
function refused(because: RegExp): Ending {
  return { outcome: 'failed-clean', served: false, writes: [], because };
}
