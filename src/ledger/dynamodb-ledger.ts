import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { keepUntil, REVISION_DAYS, OBSERVED_DAYS, sortable } from './keep.ts';
import type { Entry, KeptRevision, Ledger, ObservedRevision } from './ledger.ts';
import { queryItems, type Item } from './read.ts';
import { asChanged } from './readiness-keys.ts';
import { writeIf, type Key, type Write } from './write.ts';

const isNew = 'attribute_not_exists(#item)';
const isSoaking = 'attribute_exists(#soaking)';
const isNotCondemned = '(attribute_not_exists(#state) OR #state <> :condemned)';
const isProvenBefore = '(#state = :proven AND #completedAt < :completedAt)';

const PROVEN = ['state', 'target', 'revision', 'completedAt', 'provenAt', 'evidence'] as const;
const CONDEMNED = ['state', 'target', 'revision', 'condemnedAt', 'evidence', 'execution'] as const;

/** Prefix of the sort keys of observed revisions. */
const OBSERVED = 'sighting#';

/** The value of the sparse index's key. Only its presence matters. */
const YES = 'yes';

/**
 * The ledger in its DynamoDB table (tables.yml). Actions used: dynamodb:UpdateItem, and dynamodb:Query also on
 * `soaking`.
 */
export function createLedger(client: DynamoDBDocumentClient, table: string): Ledger {
  const write = async (write: Write) => {
    await writeIf(client, table, write);
  };
  return {
    entries: async (target) => newestFirst((await itemsOf(client, table, target)).flatMap(toEntry)),
    observe: async (observed) => {
      if (!(await writeIf(client, table, observe(observed)))) return;
      await write(asChanged(observed.target, observed.completedAt));
    },
    soaked: async (now, limit) => (await soaking(client, table, now, limit)).map(toObserved),
    wait: (observed, until) =>
      write({
        key: observedKey(observed),
        set: { soakUntil: sortable(until), ...namesIn(observed) },
        when: isSoaking,
      }),
    prove: async (observed, revision, at, evidence) => {
      // Writes the revision first: after a crash in between, the observed revision can still be proven.
      await write(asProven(observed, revision, at, evidence));
      await write(asSettled(observed));
    },
    forget: (observed) => write(asSettled(observed)),
    condemn: (target, revision, at, evidence, execution) =>
      write(asCondemned(target, revision, at, evidence, execution)),
  };
}

function observe(observed: ObservedRevision): Write {
  const { deployment, completedAt, soakUntil, notBefore } = observed;
  const times = {
    completedAt: sortable(completedAt),
    soakUntil: sortable(soakUntil),
    ...(notBefore !== undefined && { notBefore: sortable(notBefore) }),
  };
  const kept = keepUntil(completedAt, OBSERVED_DAYS);
  return { key: observedKey(observed), set: { deployment, ...times, soaking: YES, ...kept }, when: isNew };
}

/**
 * Returns the write that settles an observed revision. The item stays until it expires, so that a redelivered event
 * finds it.
 */
function asSettled(observed: ObservedRevision): Write {
  return { key: observedKey(observed), remove: ['soaking'], when: isSoaking };
}

function asProven(
  observed: ObservedRevision,
  revision: KeptRevision,
  at: Instant,
  evidence: readonly string[],
): Write {
  const { target } = observed;
  const completedAt = sortable(observed.completedAt);
  const kept = keepUntil(completedAt, REVISION_DAYS);
  return {
    key: revisionKey(target, revision),
    set: { state: 'proven', revision, completedAt, provenAt: at, evidence, ...kept },
    when: `${isNew} OR ${isProvenBefore}`,
    values: { proven: 'proven' },
  };
}

function asCondemned(
  target: string,
  revision: KeptRevision,
  at: Instant,
  evidence: readonly string[],
  execution: string,
): Write {
  const kept = keepUntil(at, REVISION_DAYS);
  return {
    key: revisionKey(target, revision),
    set: { state: 'condemned', revision, condemnedAt: at, evidence, execution, ...kept },
    remove: ['completedAt', 'provenAt'],
    when: isNotCondemned,
    values: { condemned: 'condemned' },
  };
}

function observedKey({ target, deployment }: ObservedRevision): Key {
  return { target, item: `${OBSERVED}${deployment}` };
}

function revisionKey(target: string, revision: Revision): Key {
  return { target, item: `revision#${revision.id}` };
}

function itemsOf(client: DynamoDBDocumentClient, table: string, target: string): Promise<readonly Item[]> {
  return queryItems(client, {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#target = :target',
    ExpressionAttributeNames: { '#target': 'target' },
    ExpressionAttributeValues: { ':target': target },
  });
}

function soaking(
  client: DynamoDBDocumentClient,
  table: string,
  now: Instant,
  limit: number,
): Promise<readonly Item[]> {
  const query = {
    TableName: table,
    IndexName: 'soaking',
    KeyConditionExpression: '#soaking = :yes AND #soakUntil <= :now',
    ExpressionAttributeNames: { '#soaking': 'soaking', '#soakUntil': 'soakUntil' },
    ExpressionAttributeValues: { ':yes': YES, ':now': sortable(now) },
  };
  return queryItems(client, query, limit);
}

function toEntry(item: Item): Entry[] {
  if (item.item.startsWith(OBSERVED))
    return [{ state: item['soaking'] === undefined ? 'observed' : 'candidate', ...toObserved(item) }];
  if (item['state'] === undefined) return [];
  const names = item['state'] === 'proven' ? PROVEN : CONDEMNED;
  return [Object.fromEntries(names.map((name) => [name, item[name]])) as unknown as Entry];
}

function toObserved(item: Item): ObservedRevision {
  const observed = item as unknown as ObservedRevision;
  const { target, deployment, completedAt, soakUntil, notBefore, ...more } = observed;
  return {
    ...{ target, deployment, completedAt, soakUntil },
    ...(notBefore !== undefined && { notBefore }),
    ...namesIn(more),
  };
}

function namesIn({ suspects, deleted }: Pick<ObservedRevision, 'suspects' | 'deleted'>) {
  return { ...(suspects && { suspects }), ...(deleted && { deleted }) };
}

function newestFirst(entries: readonly Entry[]): readonly Entry[] {
  const since = (entry: Entry) => (entry.state === 'condemned' ? entry.condemnedAt : entry.completedAt);
  return entries.toSorted((one, other) => Date.parse(since(other)) - Date.parse(since(one)));
}
