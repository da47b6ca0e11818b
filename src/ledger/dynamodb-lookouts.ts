import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil, RECORD_DAYS, sortable } from './keep.ts';
import { ENDED, LEASE, LOOKOUTS } from './lookout-keys.ts';
import type { KnownLookouts, LookedAt, Lookouts, NotedStop } from './lookouts.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import { queryItems, readItem, type Item } from './read.ts';
import { writeIf, type Key } from './write.ts';

/** DynamoDB deletes days late, and a lookout lasts four hours at most. */
const KEPT_DAYS = 1;

/** A lookout looks more often than this. Without a look it is not taken to run any more. */
const SEEN_SECONDS = 600;

const isFree =
  'attribute_not_exists(#execution) OR #execution = :execution OR #seenAt < :stale OR (#startedAt < :startedAt AND #planned <> :planned)';

/** Lookouts, in the ledger's table. Actions used: dynamodb:UpdateItem, dynamodb:GetItem, dynamodb:Query. */
export function createLookouts(client: DynamoDBDocumentClient, table: string): Lookouts {
  return {
    keep: async ({ target, execution, deployment, startedAt, planned }, now) => {
      const key = leaseOf(target);
      const began = sortable(startedAt);
      const lease = { execution, deployment, planned, startedAt: began, seenAt: sortable(now) };
      const set = { ...lease, ...keepUntil(now, KEPT_DAYS) };
      const stale = after(now, -SEEN_SECONDS);
      const isKept = await writeIf(client, table, { key, set, when: isFree, values: { stale } });
      const item = await readItem(client, table, key);
      if (!isKept && item?.['execution'] !== execution) return { stops: [], supersededBy: holderIn(item) };
      return { stops: stopsIn(item, began) };
    },
    end: async ({ target, execution, startedAt }, looked) => {
      const item = `${ENDED}${sortable(startedAt)}#${looked.deployment}`;
      const rest = Object.fromEntries(Object.entries(looked).filter(([name]) => name !== 'target'));
      await writeIf(client, table, {
        key: { target: keyOf(target), item },
        set: { ...rest, ...keepUntil(looked.endedAt, RECORD_DAYS) },
        when: 'attribute_not_exists(#endedAt) OR #endedAt <= :endedAt',
      });
      await writeIf(client, table, {
        key: leaseOf(target),
        remove: ['execution', 'stops'],
        when: '#execution = :execution',
        values: { execution },
      });
    },
    since: async (target, since) => (await knownOf(client, table, target, since)).ended,
    known: (target, since) => knownOf(client, table, target, since),
  };
}

/** Reads the lookouts that began since an instant, newest first. The key of the lease comes after theirs. */
async function knownOf(
  client: DynamoDBDocumentClient,
  table: string,
  target: string,
  since: Instant,
): Promise<KnownLookouts> {
  const items = await queryItems(client, {
    TableName: table,
    KeyConditionExpression: '#target = :target AND #item >= :from',
    ExpressionAttributeNames: { '#target': 'target', '#item': 'item' },
    ExpressionAttributeValues: { ':target': keyOf(target), ':from': `${ENDED}${sortable(since)}` },
    ScanIndexForward: false,
  });
  const lease = items.find(({ item }) => item === LEASE);
  const isFollowed = lease?.['execution'] !== undefined;
  return {
    ended: items.filter((item) => item !== lease).map((item) => toLooked(item, target)),
    followsSince: isFollowed ? String(lease['startedAt']) : null,
  };
}

/** Returns the deployment of the lookout that holds the lease. */
function holderIn(item: Item | null): string {
  const deployment: unknown = item?.['deployment'];
  return typeof deployment === 'string' ? deployment : 'another one';
}

function keyOf(target: string): string {
  return `${LOOKOUTS}${target}`;
}

function leaseOf(target: string): Key {
  return { target: keyOf(target), item: LEASE };
}

/** Returns the stops since the deployment began, each once. Earlier ones were left by another lookout. */
function stopsIn(item: Item | null, startedAt: string): readonly NotedStop[] {
  const stops = (item?.['stops'] ?? []) as readonly NotedStop[];
  const byId = new Map(stops.filter(({ at }) => at >= startedAt).map((stop) => [stop.id, stop]));
  return [...byId.values()];
}

function toLooked(item: Item, target: string): LookedAt {
  const looked = item as unknown as LookedAt;
  const { deployment, startedAt, endedAt, mode, looks, state, says } = looked;
  const { revision, older, windowMinutes, accusedAt } = looked;
  return {
    ...{ target, deployment, startedAt, endedAt, mode, looks, state, says },
    ...(revision !== undefined && { revision }),
    ...(older !== undefined && { older }),
    ...(windowMinutes !== undefined && { windowMinutes }),
    ...(accusedAt !== undefined && { accusedAt }),
  };
}
