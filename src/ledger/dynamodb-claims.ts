import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Claim } from '../rollback/document.ts';
import { ClaimLost, HeardMore, TargetClaimed, Unavailable } from '../rollback/errors.ts';
import { rehearsalOf, type Heard, type Instant, type Request } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';
import type { Claims } from './claims.ts';
import { createRecords, type Records } from './dynamodb-records.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem } from './read.ts';
import { writeIf, type Key, type Write } from './write.ts';

/**
 * How long a claim lasts after it was taken or last renewed. Each write and each poll renew it, polls are two hours
 * apart at most, and a question renews it beyond its own end. The sweep normally closes the claim of a crashed execution
 * within minutes. This expiry needs no sweep.
 */
export const CLAIM_HOURS = 4;
const CLAIM_SECONDS = CLAIM_HOURS * 3600;

/** How often another execution may take and release the claim during one call. After that the state machine retries. */
const MAX_TRIES = 3;

const isFree = 'attribute_not_exists(#holder)';
const isExpired = '#expiresAt <= :now';
const isHolder = '#holder = :execution';
const isUnexpired = '#expiresAt > :now';

/**
 * The claims in their DynamoDB table (tables.yml). Actions used: dynamodb:UpdateItem, dynamodb:GetItem, dynamodb:Query.
 */
export function createClaims(client: DynamoDBDocumentClient, table: string): Claims {
  const write = (write: Write) => writeIf(client, table, write);
  const records = createRecords(client, table);
  const claimOf = async (target: string) => readItem(client, table, claimKey(target));
  return {
    take: async (target, kind, execution, request, now, takenUpAt = now) => {
      const claim = { kind, holder: execution, since: now, expiresAt: after(now, CLAIM_SECONDS) };
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        if (await write(asTaken(target, claim, now))) return opened(records, target, claim, request);
        const held = (await claimOf(target)) as (Claim & Key) | null;
        if (held?.holder === execution) return opened(records, target, toClaim(held), request);
        if (held?.holder !== undefined)
          return lost(records, target, held.holder, { ...request, heardAt: takenUpAt });
      }
      throw new Unavailable(`the claim of ${target} changed hands ${MAX_TRIES} times during one try`);
    },
    hold: async (target, execution, now) => {
      if (!(await write(asHeld(target, execution, now))))
        throw new ClaimLost(`${execution} no longer holds ${target}`);
    },
    markWriting: records.markWriting,
    clearWriting: records.clearWriting,
    waitFor: records.waitFor,
    mayHaveWritten: records.mayHaveWritten,
    close: async (closing) => {
      // Closes the record first, so that no other execution can take the claim while events are unpublished.
      await records.close(closing);
      await write(asReleased(closing.target, closing.execution));
    },
    ask: async (target, execution, token, expiresAt, about) => {
      if (!(await write(asAsking(target, execution, expiresAt))))
        throw new ClaimLost(`${execution} no longer holds ${target}`);
      if (!(await records.ask(target, execution, token, expiresAt, about)))
        throw new HeardMore(`${target} was triggered again since it was judged`);
    },
    records: records.since,
    record: records.of,
    open: records.open,
    finish: records.finish,
  };
}

function claimKey(target: string): Key {
  return { target, item: 'claim' };
}

function asTaken(target: string, claim: Claim, now: Instant): Write {
  const kept = keepUntil(claim.expiresAt, 1);
  return {
    key: claimKey(target),
    set: { ...claim, ...kept },
    when: `${isFree} OR ${isExpired}`,
    values: { now: sortable(now) },
  };
}

function asHeld(target: string, execution: string, now: Instant): Write {
  const expiresAt = after(now, CLAIM_SECONDS);
  return {
    key: claimKey(target),
    set: { expiresAt, ...keepUntil(expiresAt, 1) },
    when: `${isHolder} AND ${isUnexpired}`,
    values: { execution, now: sortable(now) },
  };
}

function asAsking(target: string, execution: string, answerBy: Instant): Write {
  const expiresAt = after(answerBy, CLAIM_SECONDS);
  return {
    key: claimKey(target),
    set: { expiresAt, ...keepUntil(expiresAt, 1) },
    when: isHolder,
    values: { execution },
  };
}

function asReleased(target: string, execution: string): Write {
  return {
    key: claimKey(target),
    remove: ['holder', 'kind', 'since', 'expiresAt'],
    when: isHolder,
    values: { execution },
  };
}

async function opened(records: Records, target: string, claim: Claim, request: Request): Promise<Claim> {
  await records.begin(target, claim, request);
  return claim;
}

async function lost(records: Records, target: string, holder: string, request: Heard): Promise<never> {
  if (rehearsalOf(request) === null) await records.alsoTriggered(target, holder, request);
  throw new TargetClaimed(`${target} is held by ${holder}`);
}

function toClaim({ kind, holder, since, expiresAt }: Claim): Claim {
  return { kind, holder, since, expiresAt };
}
