import type { Ending, Scenario } from '../scenario.ts';
import { ASKING, isAt, openApi, pointsAt, TARGET } from './api.ts';

const FAULTY = { errorRate: 0.4 };

/** Releases and canaries that hurt. */
export const lambdaReleases: readonly Scenario[] = [
  {
    name: 'lambda-canary-in-flight',
    shows:
      'a canary hurts a fifth of the users: one call points the alias at the good version and clears the weights',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.canary(0.2, FAULTY);
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-canary-the-other-way-round',
    shows:
      'the alias points at the new version and gives the old one a weight: the one not proven is at fault',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      const version = api.publish(FAULTY);
      api.update({ FunctionVersion: version, RoutingConfig: { AdditionalVersionWeights: { 1: 0.7 } } });
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-canary-goes-on',
    shows:
      'a pipeline gives the canary more traffic while a person is asked: it is the same rollout, and is rolled back',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING });
      const version = api.canary(0.1, FAULTY);
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      api.update({ RoutingConfig: { AdditionalVersionWeights: { [version]: 0.5 } } });
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-errors-after-completion',
    shows:
      'the alias was moved all at once, and the alarm about it turns: it goes back to the proven version',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-slow',
    shows: 'the release answers slowly: the alarm on its duration rolls it back',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release({ latency: 2.5 });
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-not-the-one-before',
    shows: 'two bad releases in a row: the way back leads to the proven version, not to the number before',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release({ errorRate: 0.015 });
      await stage.minutes(2);
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-provisioned-concurrency',
    shows:
      'the alias has provisioned concurrency: Lambda keeps the bad version on, by a weight of its own, until the good one is provisioned',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { provisioned: 20 });
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: back('1'),
  },
  {
    name: 'lambda-idle-version',
    shows:
      'Lambda has made the good version inactive: the first invocations wake it, and only then has it settled',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      stage.world.lambda.let('checkout', '1', 'Inactive');
      await stage.aftermath();
    },
    ends: back('1'),
  },
];

/** Returns an ending: rolled back to this version by one write. */
function back(version: string): Ending {
  return {
    outcome: 'rolled-back',
    served: true,
    writes: ['UpdateAlias'],
    also: (stage) => pointsAt(stage, version),
  };
}
