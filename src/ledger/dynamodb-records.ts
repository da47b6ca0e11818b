import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Claim } from '../rollback/document.ts';
import { MAX_INTERRUPTIONS } from '../rollback/heard.ts';
import { type Heard, isAutomatic, type Instant, type Request } from '../rollback/request.ts';
import { MAX_TRIGGERS, type AskedAbout, type Claims, type Closing, type RollbackRecord } from './claims.ts';
import { keepUntil, RECORD_DAYS, sortable } from './keep.ts';
import { queryItems, readItem, type Item } from './read.ts';
import { writeIf, type Key, type Write } from './write.ts';

const isRunning = 'attribute_exists(#startedAt) AND attribute_not_exists(#outcome)';
const isUnfinished = 'attribute_exists(#outcome)';
const hasRoom = '(attribute_not_exists(#alsoTriggeredBy) OR size(#alsoTriggeredBy) < :most)';

const hasHeardAll = '(attribute_not_exists(#alsoTriggeredBy) OR size(#alsoTriggeredBy) <= :heard)';

/**
 * The rollback records of the claims table: one item per execution, indexed by time (`newest`) and while open
 * (`running`).
 */
export interface Records {
  begin(target: string, claim: Claim, request: Request): Promise<void>;
  alsoTriggered(target: string, execution: string, request: Heard): Promise<void>;
  /** Stores a question. Returns false, and stores nothing, if another trigger was recorded since the judgement. */
  ask(...question: Parameters<Claims['ask']>): Promise<boolean>;
  markWriting: Claims['markWriting'];
  clearWriting: Claims['clearWriting'];
  waitFor: Claims['waitFor'];
  mayHaveWritten: Claims['mayHaveWritten'];
  close: Claims['close'];
  since: Claims['records'];
  of: Claims['record'];
  open: Claims['open'];
  finish: Claims['finish'];
}

export function createRecords(client: DynamoDBDocumentClient, table: string): Records {
  const write = async (write: Write) => {
    await writeIf(client, table, write);
  };
  return {
    begin: (target, claim, request) => write(asBegun(target, claim, request)),
    alsoTriggered: (target, execution, request) => write(asAlsoTriggered(target, execution, request)),
    ask: async (target, execution, token, expiresAt, about) => {
      const asking = asAsking(target, execution, { token, answerBy: expiresAt, about });
      if (await writeIf(client, table, asking)) return true;
      // Without an open record there is no place for a question, and no trigger to judge.
      const item = await readItem(client, table, recordKey(target, execution));
      return item === null || !isInterrupted(item, about);
    },
    markWriting: (target, execution) => writeIf(client, table, asMarked(target, execution)),
    clearWriting: (target, execution) =>
      write({ key: recordKey(target, execution), remove: ['writing'], when: isRunning }),
    waitFor: (target, execution, what) =>
      write({
        key: recordKey(target, execution),
        ...(what === null ? { remove: ['waitsFor'] } : { set: { waitsFor: what } }),
        when: isRunning,
      }),
    mayHaveWritten: async (target, execution) => {
      const item = await readItem(client, table, recordKey(target, execution));
      return item?.['startedAt'] === undefined || item['writing'] === true;
    },
    close: (closing) => write(asClosed(closing)),
    since: async (target, since) => (await queryItems(client, newestOf(table, target, since))).map(toRecord),
    of: async (target, execution) => {
      const item = await readItem(client, table, recordKey(target, execution));
      return item?.['startedAt'] === undefined ? null : toRecord(item);
    },
    finish: (target, execution) =>
      write({
        key: recordKey(target, execution),
        remove: [UNPUBLISHED, 'yields', 'judged', 'running'],
        when: isUnfinished,
      }),
    open: async (before, limit) => (await queryItems(client, runningIn(table, before), limit)).map(toRecord),
  };
}

/** The attribute of unpublished events. It keeps the name under which it was first stored. */
const UNPUBLISHED = 'untold';

function recordKey(target: string, execution: string): Key {
  return { target, item: `rollback#${execution}` };
}

/**
 * Returns the write that begins a record. Changes nothing if it exists: a retry, or a claim that expired and was taken
 * again.
 */
function asBegun(target: string, claim: Claim, request: Request): Write {
  const { holder: execution, since: startedAt } = claim;
  const record = {
    execution,
    startedAt: sortable(startedAt),
    request,
    automatic: isAutomatic(request),
  };
  return {
    key: recordKey(target, execution),
    set: { ...record, running: 'yes', ...keepUntil(startedAt, RECORD_DAYS) },
    setOnce: { alsoTriggeredBy: [] },
    when: 'attribute_not_exists(#startedAt)',
  };
}

/**
 * Returns the write that adds a trigger. It may come before the holder, which has just taken the claim, has begun its
 * record.
 */
function asAlsoTriggered(target: string, execution: string, request: Heard): Write {
  return {
    key: recordKey(target, execution),
    append: { alsoTriggeredBy: request },
    when: hasRoom,
    values: { most: MAX_TRIGGERS },
  };
}

/** Returns one conditional write, so that a trigger either comes before it and is counted, or finds the token. */
function asAsking(
  target: string,
  execution: string,
  question: { readonly token: string; readonly answerBy: Instant; readonly about: AskedAbout },
): Write {
  const { heard, again } = question.about;
  const asking = { key: recordKey(target, execution), set: { ...question, waitsFor: 'answer' } };
  if (again >= MAX_INTERRUPTIONS) return { ...asking, when: isRunning };
  return { ...asking, when: `${isRunning} AND ${hasHeardAll}`, values: { heard } };
}

function asMarked(target: string, execution: string): Write {
  return {
    key: recordKey(target, execution),
    set: { writing: true },
    when: `${isRunning} AND attribute_not_exists(#writing)`,
  };
}

function isInterrupted({ outcome, alsoTriggeredBy }: Item, { heard, again }: AskedAbout): boolean {
  const isRunning = outcome === undefined && again < MAX_INTERRUPTIONS;
  return isRunning && Array.isArray(alsoTriggeredBy) && alsoTriggeredBy.length > heard;
}

/** Returns the write that closes a record. An execution that never held the target has no record, and gets none. */
function asClosed(closing: Closing): Write {
  const { target, execution, outcome, unpublished, yields, judged = 0 } = closing;
  const found = foundIn(closing);
  const left = {
    ...(unpublished !== undefined && { [UNPUBLISHED]: unpublished }),
    ...(yields && { yields, judged }),
  };
  return {
    key: recordKey(target, execution),
    set: { ...found, outcome, ...left },
    // The sweep finds the record while it has `running`.
    remove: [
      'token',
      'answerBy',
      'about',
      'waitsFor',
      ...(Object.keys(left).length === 0 ? ['running'] : []),
    ],
    when: isRunning,
  };
}

/** What a rollback found and did, as far as its end knows. */
type FoundOut = Pick<
  Closing,
  'from' | 'to' | 'toContent' | 'deployment' | 'overtaken' | 'denied' | 'report' | 'measured'
>;

function foundIn(one: FoundOut): FoundOut {
  const { from, to, toContent, deployment, overtaken, denied, report, measured } = one;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(toContent !== undefined && { toContent }),
    ...(deployment !== undefined && { deployment }),
    ...(overtaken && { overtaken }),
    ...(denied !== undefined && { denied }),
    ...(report !== undefined && { report }),
    ...(measured !== undefined && { measured }),
  };
}

function newestOf(table: string, target: string, since: Instant) {
  return {
    TableName: table,
    IndexName: 'newest',
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: '#target = :target AND #startedAt >= :since',
    ExpressionAttributeNames: { '#target': 'target', '#startedAt': 'startedAt' },
    ExpressionAttributeValues: { ':target': target, ':since': sortable(since) },
  };
}

function runningIn(table: string, before: Instant) {
  return {
    TableName: table,
    IndexName: 'running',
    KeyConditionExpression: '#running = :yes AND #startedAt < :before',
    ExpressionAttributeNames: { '#running': 'running', '#startedAt': 'startedAt' },
    ExpressionAttributeValues: { ':yes': 'yes', ':before': sortable(before) },
  };
}

/** Converts a stored item to a record. */
export function toRecord(item: Item): RollbackRecord {
  const record = item as unknown as RollbackRecord & { [UNPUBLISHED]?: RollbackRecord['unpublished'] };
  const { target, execution, startedAt, request, alsoTriggeredBy, automatic } = record;
  const { outcome, [UNPUBLISHED]: unpublished, yields, judged, waitsFor, writing } = record;
  return {
    target,
    execution,
    startedAt,
    request,
    alsoTriggeredBy,
    automatic,
    ...foundIn(record),
    ...(outcome !== undefined && { outcome }),
    ...(unpublished !== undefined && { unpublished }),
    ...(yields && { yields }),
    ...(judged !== undefined && { judged }),
    ...(waitsFor !== undefined && { waitsFor }),
    ...(writing && { writing }),
  };
}
