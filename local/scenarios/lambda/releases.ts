import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { planNames } from '../changes.ts';
import { ASKING } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { openApi, pointsAt, TARGET } from './api.ts';

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
    name: 'lambda-only-settings',
    shows:
      'the release changed the role, the timeout, the layers and the network beside its code: the plan names each of them',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING });
      api.configure({
        Role: 'arn:aws:iam::111122223333:role/checkout-new',
        Timeout: 3,
        Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:tools:2'],
        VpcConfig: { SubnetIds: ['subnet-4e5f6a7b'], SecurityGroupIds: ['sg-0a1b2c3d'] },
        Environment: { Variables: { PAYMENTS_URL: `${SECRET_MARK} of the release` } },
      });
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...back('1'),
      also: planNames(
        /^code: sha256 .* → sha256 /,
        /^published: /,
        /^timeout in seconds: 3 → none$/,
        /^layers: tools:2 → none$/,
        /^Role: arn:aws:iam::111122223333:role\/checkout-new → arn:aws:iam::111122223333:role\/checkout$/,
        /^VpcConfig\.SubnetIds: subnet-4e5f6a7b → none$/,
        /^VpcConfig\.SecurityGroupIds: sg-0a1b2c3d → none$/,
        /^environment variable PAYMENTS_URL: set → none$/,
        /^environment variable DB_LOGIN: none → set$/,
      ),
    },
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
