import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { OPERATOR } from '@lastgood/embedded-aws/wire/callers.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };
const LOST = /^Another execution claimed the target/;

/** Scenarios in which another execution takes the claim of a rollback under way. */
export const lostClaims: readonly Scenario[] = [
  {
    name: 'ecs-claim-lost-before-stop',
    shows:
      'another execution takes the claim while a question waits, after which silence means go: nothing is written',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '5', 'lastgood:silence': 'go' };
      const shop = await openShop(stage, { tags });
      shop.release('v2', FAULTY);
      const isAsked = () =>
        rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === 'Approve');
      await stage.until('a person is asked', isAsked);
      await stage.minutes(1);
      await takeClaim(stage);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-dirty', served: false, writes: [], because: LOST },
  },
  {
    name: 'ecs-claim-lost-midway',
    shows:
      'another execution takes the claim during the way back: nothing more is written, and nothing is claimed as proven',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await takeClaim(stage);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-dirty', served: true, writes: ['UpdateService'], because: LOST },
  },
];

/** Writes the claim of another execution over the present one, as after an expiry. */
async function takeClaim({ runtime, journal }: Stage): Promise<void> {
  const credentials = runtime.wire.credentials(OPERATOR);
  const client = new DynamoDBClient({ endpoint: runtime.wire.endpoint, region: REGION, credentials });
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: 'lastgood-prod-claims',
      Key: { target: TARGET, item: 'claim' },
      UpdateExpression: 'SET holder = :other',
      ExpressionAttributeValues: {
        ':other': 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-prod-rollback:another',
      },
    }),
  );
  client.destroy();
  journal.note('another execution takes the claim');
}
