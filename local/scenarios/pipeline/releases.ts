import { planNames } from '../changes.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { ADA, channelText, installSlack, lacks, untilAsked } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import { DEPLOY, FAULTY, openShop, prodNow, PROD, request, rollBackByHand, runs, TARGET } from './shop.ts';

const HOLDING = { 'lastgood:hold-transition': 'yes' };

/** Bad executions of a pipeline, whose stage is rolled back. */
export const pipelineReleases: readonly Scenario[] = [
  {
    name: 'pipeline-requested',
    shows: 'a tool asks for a rollback after a bad release: the stage runs again with the proven revisions',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: {
      ...back('c1'),
      also: (stage) =>
        runs(stage, 'c1') ??
        planNames(/^commit: c2 → c1$/, /^summary: change 2 → change 1$/, /^url of the commit: /)(stage),
    },
  },
  {
    name: 'pipeline-asked-although-auto',
    shows:
      'the alarm turns and the tag says auto: a rollback of a stage runs its actions again, so a person is asked, and approves',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      const people = installSlack(stage, ['pipeline:*']);
      await shop.release(FAULTY);
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: {
      ...back('c1'),
      also: (stage) => runs(stage, 'c1') ?? lacks(channelText(stage), 'runs all of its actions again'),
    },
  },
  {
    name: 'pipeline-silence-is-no-answer',
    shows: 'the owner tagged that silence means go: it does not for a stage, and nothing is written',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:silence': 'go', 'lastgood:countdown': '5' };
      const shop = await openShop(stage, { tags });
      await shop.release(FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
  {
    name: 'pipeline-later-stage-in-flight',
    shows: 'the bad execution has left the stage and runs in a later one: the stage is rolled back',
    target: TARGET,
    async play(stage) {
      const wait = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const;
      const later = { name: 'Later', actions: [{ name: 'Wait', actionTypeId: wait }] };
      const shop = await openShop(stage, { stages: [PROD, later] });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: back('c1'),
  },
  {
    name: 'pipeline-not-the-one-before',
    shows: 'two bad executions in a row: the stage goes back to the proven one, not to the one before',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release({ errorRate: 0.015 });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.aftermath();
    },
    ends: back('c1'),
  },
  {
    name: 'pipeline-held',
    shows:
      'the tag asks for it: the inbound transition is disabled, and the next bad execution waits before it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: HOLDING });
      await shop.release(FAULTY);
      await stage.minutes(1);
      request(stage);
      await stage.until('the way back has begun', () => stage.journal.writes().length > 0);
      shop.start(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...back('c1'),
      writes: ['RollbackStage', 'DisableStageTransition'],
      also: (stage) => runs(stage, 'c1') ?? holds(stage),
    },
  },
  {
    name: 'pipeline-failed-stage',
    shows:
      'the stage failed after a part of it was deployed: a person is asked, approves, and the good one is deployed',
    target: TARGET,
    async play(stage) {
      const late = { ...DEPLOY, name: 'Late', runOrder: 2 };
      const shop = await openShop(stage, { stages: [{ name: 'Prod', actions: [DEPLOY, late] }] });
      const people = installSlack(stage, ['pipeline:*']);
      stage.world.codepipeline.failsNext('Late', 'the smoke test failed');
      await shop.release(FAULTY);
      await untilAsked(stage);
      await people.press(ADA, 'Approve', stage.slack.channel.posted);
      await stage.aftermath();
    },
    ends: back('c1'),
  },
  {
    name: 'pipeline-busy',
    shows: 'CodePipeline answers that it is busy: the workflow comes back until it is not',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      stage.world.codepipeline.busy('checkout', 60);
      request(stage);
      await stage.aftermath();
    },
    ends: back('c1'),
  },
  {
    name: 'pipeline-rolled-back-at-the-same-moment',
    shows:
      'the stage is rolled back to the same execution right before the write: Lastgood starts no second rollback',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      await shop.release(FAULTY);
      await stage.minutes(1);
      const { disturb } = stage.runtime.wire;
      disturb.precede('codepipeline', 'RollbackStage', () => rollBackByHand(stage, shop.good));
      request(stage);
      await stage.aftermath();
    },
    ends: { ...back('c1'), writes: [] },
  },
];

/** Returns an ending: rolled back to this commit by one write. */
function back(commit: string): Ending {
  return {
    outcome: 'rolled-back',
    served: true,
    writes: ['RollbackStage'],
    also: (stage) => runs(stage, commit),
  };
}

function holds(stage: Stage): string | null {
  const { inboundTransitionState, inboundExecutions = [] } = prodNow(stage) ?? {};
  if (inboundTransitionState?.enabled !== false) return 'the transition is enabled';
  return inboundExecutions.length === 1 ? null : `${inboundExecutions.length} executions wait`;
}
