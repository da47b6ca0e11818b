import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createFreezes } from '../../../src/ledger/dynamodb.ts';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { OPERATOR } from '@lastgood/embedded-aws/wire/callers.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { check } from './pipeline.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** Effects of a freeze: on deployments, and on automatic rollbacks. */
export const freezes: readonly Scenario[] = [
  {
    name: 'events-condemned-in-ci',
    shows:
      'after a rollback `lastgood check` forbids a pipeline to deploy the condemned revision again; it allows the fix',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.3 });
      await stage.aftermath();
      const bad = shop.releases['v2'] ?? '';
      await expectStatus(stage, 3, bad);
      await expectStatus(stage, 3, bad.slice(bad.lastIndexOf('/') + 1));
      await expectStatus(stage, 0, 'checkout:99');
      await expectStatus(stage, 2, 'checkout');
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'events-frozen',
    shows:
      'a person froze the target: `lastgood check` forbids deployments, and an alarm asks before it moves anything',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      await freeze(stage);
      await expectStatus(stage, 3, 'checkout:99');
      shop.release('v2', { errorRate: 0.3 });
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
  {
    name: 'events-frozen-meanwhile',
    shows:
      'a person freezes the target during a countdown after which silence means go: Lastgood asks again, and stays',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '5', 'lastgood:silence': 'go' };
      const shop = await openShop(stage, { tags });
      shop.release('v2', { errorRate: 0.3 });
      const isAsked = () =>
        rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === 'Approve');
      await stage.until('a person is asked', isAsked);
      await freeze(stage);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
];

export async function freeze({ runtime, world }: Stage): Promise<void> {
  const credentials = runtime.wire.credentials(OPERATOR);
  const client = new DynamoDBClient({ endpoint: runtime.wire.endpoint, region: REGION, credentials });
  const tables = DynamoDBDocumentClient.from(client);
  const table = 'lastgood-prod-ledger';
  await createFreezes(tables, table).freeze({
    target: TARGET,
    reason: 'the sale runs until Monday',
    by: 'ada',
    at: world.clock.iso(),
  });
  client.destroy();
}

async function expectStatus(stage: Stage, wanted: number, revision: string): Promise<void> {
  const { status, says } = await check(stage, TARGET, revision);
  if (status !== wanted)
    throw new Error(`lastgood check ${revision} ended with ${status}, not ${wanted}: ${says}`);
  stage.journal.note(`lastgood check ${revision}: exit status ${status}`);
}
