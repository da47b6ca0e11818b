import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '../rollback/errors.ts';
import type { Detail } from '../events/details.ts';
import { keepUntil } from '../ledger/keep.ts';
import { queryItems, readItem, type Item } from '../ledger/read.ts';
import { writeIf, type Key, type Write } from '../ledger/write.ts';
import type { Instant } from '../rollback/request.ts';
import { after } from '../rollback/time.ts';

/** The events of one rollback. They may arrive twice and in any order, so each type has its own field. */
export interface Story {
  readonly started?: Detail<'Rollback Started'>;
  readonly planned?: Detail<'Rollback Planned'>;
  readonly question?: Detail<'Rollback Approval Requested'>;
  readonly stopped?: Detail<'Rollback Stopped'>;
  readonly reverted?: Detail<'Rollback Reverted'>;
  readonly hindered?: Detail<'Rollback Hindered'>;
  /** Verify waits for red alarms that may still count the harm. */
  readonly waiting?: Detail<'Rollback Waiting'>;
  readonly ended?: Detail<'Rollback Succeeded'> | Detail<'Rollback Skipped'> | Detail<'Rollback Failed'>;
  readonly frozen?: Detail<'Rollback Frozen'>;
  readonly unfrozen?: Detail<'Rollback Unfrozen'>;
  readonly storm?: Detail<'Rollback Storm Updated'>;
  readonly accused?: Detail<'Lookout Accused'>;
  readonly worsened?: Detail<'Readiness Worsened'>;
  /** An alarm that names no target. */
  readonly rejected?: Detail<'Rollback Rejected'>;
  readonly alarmed?: OwnAlarm;
  readonly calmed?: OwnAlarm;
  /** The rollback waits, because Lastgood is paused. */
  readonly held?: Detail<'Rollback Paused'>;
  readonly paused?: Detail<'Lastgood Paused'>;
  readonly resumed?: Detail<'Lastgood Resumed'>;
}

/** A turn of an alarm on Lastgood itself. */
export interface OwnAlarm {
  readonly name: string;
  readonly at: Instant;
  /** What the alarm is for; absent: an operator deleted its description. */
  readonly description?: string;
  /** The reason of CloudWatch. */
  readonly reason: string;
}

/** The messages of a thread, in the order of posting. The others are replies to `root`. */
export type Part = 'root' | 'question' | 'progress' | 'hindrance' | 'picture' | 'end';

/** A posted message: its place, a hash of its content, and for a question the plan it is about. */
export interface Shown {
  readonly channel: string;
  readonly ts: string;
  readonly says: string;
  readonly plan?: string;
}

export interface Thread {
  readonly key: Key;
  readonly story: Story;
  readonly shown: { readonly [part in Part]?: Shown };
  /** Id of the last event that was added. */
  readonly edition: string;
}

/**
 * The queue of a thread that is behind. `urgent`: a person must see it soon. Values of the attribute `behind`; earlier
 * versions knew `yes` alone.
 */
export type Queue = 'urgent' | 'yes';

/** How long a function may post to a thread before another one may. Longer than a Lambda invocation. */
const LEASE_SECONDS = 90;
const KEEP_DAYS = 90;
const SLICES = [
  'started',
  'planned',
  'question',
  'stopped',
  'reverted',
  'hindered',
  'waiting',
  'ended',
  'frozen',
  'unfrozen',
  'storm',
  'accused',
  'worsened',
  'rejected',
  'alarmed',
  'calmed',
  'held',
  'paused',
  'resumed',
] as const;
/** A condition that always holds, because the first event creates the item. */
const always = 'attribute_exists(#edition) OR attribute_not_exists(#edition)';
/** The field that orders the events of one slice. A late event must not replace a newer one. */
const ORDER: Readonly<Partial<Record<keyof Story, string>>> = {
  planned: 'plannedAt',
  question: 'askedAt',
  reverted: 'number',
  hindered: 'number',
  waiting: 'number',
  ended: 'endedAt',
  storm: 'at',
  accused: 'at',
  held: 'waitsSince',
  paused: 'announcedAt',
  resumed: 'resumedAt',
  worsened: 'at',
};
const PARTS: readonly Part[] = ['root', 'question', 'progress', 'hindrance', 'picture', 'end'];

/** An event for a thread. `edition` is its id. */
export interface NewEvent {
  readonly slice: keyof Story;
  readonly detail: object;
  readonly edition: string;
}

/**
 * The threads in Slack's own table. A thread is behind until Slack shows every event of it. Notify-slack looks for
 * threads that are behind every minute, and posts to Slack again.
 * Actions: dynamodb:UpdateItem, dynamodb:GetItem, dynamodb:Query on the index `behind`.
 */
export interface Threads {
  /**
   * Adds an event. Returns false if the thread has a newer event of the same type. A thread that is urgent stays so until
   * Slack shows all of it.
   */
  add(key: Key, event: NewEvent, queue: Queue, now: Instant): Promise<boolean>;
  /** Leases a thread. Returns null if another invocation has the lease; it will see what was added. */
  open(key: Key, now: Instant): Promise<Thread | null>;
  show(key: Key, part: Part, shown: Shown): Promise<void>;
  /** Ends the lease. Returns false if an event was added during the lease, which is not posted yet. */
  close(thread: Thread): Promise<boolean>;
  /** Ends the lease and leaves the thread behind. */
  leave(key: Key): Promise<void>;
  /** Moves a thread that is behind to the end of the queue. */
  postpone(key: Key, now: Instant): Promise<void>;
  /** Returns keys of threads in a queue that are behind since before an instant, oldest first. */
  behind(queue: Queue, before: Instant, limit: number): Promise<readonly Key[]>;
}

export function createThreads(client: DynamoDBDocumentClient, table: string): Threads {
  const write = (what: Write) => writeIf(client, table, what);
  return {
    add(key, { slice, detail, edition }, queue, now) {
      const isUrgent = queue === 'urgent';
      const set = {
        ...{ [slice]: detail, edition, ...keepUntil(now, KEEP_DAYS) },
        ...(isUrgent && { behind: queue }),
      };
      const setOnce = { behindSince: now, ...(!isUrgent && { behind: queue }) };
      return write({ key, set, setOnce, ...isNewest(slice, detail) });
    },
    async open(key, now) {
      const leasedUntil = after(now, LEASE_SECONDS);
      const isFree = 'attribute_not_exists(#leasedUntil) OR #leasedUntil < :now';
      if (!(await write({ key, set: { leasedUntil }, when: isFree, values: { now } }))) return null;
      const item = await readItem(client, table, key);
      if (item === null) throw new Unavailable('a thread that was just written was not found');
      return threadOf(key, item);
    },
    async show(key, part, shown) {
      await write({ key, set: { [`shown_${part}`]: shown }, when: 'attribute_exists(#edition)' });
    },
    close: ({ key, edition }) =>
      write({
        key,
        remove: ['leasedUntil', 'behind', 'behindSince'],
        when: '#edition = :edition',
        values: { edition },
      }),
    async leave(key) {
      await write({ key, remove: ['leasedUntil'], when: 'attribute_exists(#leasedUntil)' });
    },
    async postpone(key, now) {
      await write({ key, set: { behindSince: now }, when: 'attribute_exists(#behind)' });
    },
    async behind(queue, before, limit) {
      const items = await queryItems(client, behindIn(table, queue, before), limit);
      return items.map(({ target, item }) => ({ target, item }));
    },
  };
}

function isNewest(slice: keyof Story, detail: object): Pick<Write, 'when' | 'values'> {
  const name = ORDER[slice];
  const order = name === undefined ? undefined : (detail as Readonly<Record<string, unknown>>)[name];
  if (order === undefined) return { when: always };
  const is = `#${slice}.#${name}`;
  return { when: `attribute_not_exists(${is}) OR ${is} <= :order`, values: { order } };
}

function threadOf(key: Key, item: Item): Thread {
  const picked = (names: readonly string[], prefix = '') =>
    Object.fromEntries(names.flatMap((name) => (prefix + name in item ? [[name, item[prefix + name]]] : [])));
  return {
    key,
    story: picked(SLICES),
    shown: picked(PARTS, 'shown_'),
    edition: String(item['edition']),
  };
}

function behindIn(table: string, queue: Queue, before: Instant) {
  return {
    TableName: table,
    IndexName: 'behind',
    KeyConditionExpression: '#behind = :queue AND #since < :before',
    ExpressionAttributeNames: { '#behind': 'behind', '#since': 'behindSince' },
    ExpressionAttributeValues: { ':queue': queue, ':before': before },
  };
}
