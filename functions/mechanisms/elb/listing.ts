import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { inBatches } from '../../../src/aws/batches.ts';
import { within, type Budget } from '../../../src/aws/budget.ts';
import type { Forwarder } from './elb.ts';
import { isMissing, readForwarders } from './sdk.ts';
import { HALVES } from './shares.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/**
 * Reads listeners, or rules. Leaves out those that are gone: AWS fails the whole call for one of them, and does not say
 * which. Then reads halves, within a budget.
 * @throws Throttled if the budget is used up
 */
export async function listForwarders(
  client: Client,
  arns: readonly string[],
  more: Budget,
): Promise<ReadonlyMap<string, Forwarder>> {
  try {
    return await readForwarders(client, arns);
  } catch (error) {
    if (!isMissing(error)) throw error;
    if (arns.length === 1) return new Map();
    const halves = inBatches(arns, Math.ceil(arns.length / 2));
    const found = await Promise.all(
      halves.map((half) => within(more, HALVES.quota, () => listForwarders(client, half, more))),
    );
    return new Map(found.flatMap((one) => [...one]));
  }
}
