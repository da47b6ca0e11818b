import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keepUntil } from '../ledger/keep.ts';
import { queryItems, type Item } from '../ledger/read.ts';
import { writeIf, type Write } from '../ledger/write.ts';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import {
  earliest,
  earliestOfEach,
  isLook,
  isScarce,
  MEMORY_SECONDS,
  type Reservations,
  type Reserved,
  type Slot,
  type Urgency,
} from './calendar.ts';
import { reservable, type Quota } from './quotas.ts';

/** The shared calendar of all quotas. */
export interface Calendar {
  /**
   * Reserves calls, and returns when they may be made: at once, or at a later whole second.
   * @throws Unavailable when too many others reserve at the same time
   */
  reserve(quota: Quota, calls: number, urgency: Urgency, notBefore?: Instant): Promise<Reservation>;
  /**
   * Reserves calls for many at once, in few writes. Returns as many reservations, the first ones first.
   * @throws Unavailable when too many others reserve at the same time
   */
  reserveEach(quota: Quota, calls: number, urgency: Urgency, count: number): Promise<readonly Reservation[]>;
  /** Says whether a way back waits for the quota. */
  isScarce(quota: Quota): Promise<boolean>;
}

export interface Reservation {
  /** Not before the present, unless the present second has room. */
  readonly at: Instant;
  /** How many calls are reserved from now up to that second. */
  readonly ahead: number;
}

/** The seconds of one item. Few items are read, and reservations of different seconds still do not exclude each other. */
const PAGE_SECONDS = 10;

/** How often others may fill the chosen second first. */
const MAX_TRIES = 20;

/** Tries between two reads of the calendar. */
const TRIES_PER_READ = 2;

/** Those that lost a second look further on, in a span that doubles with each loss up to so many seconds. */
const MAX_SPAN_SECONDS = 256;

/** Longer than any wait. DynamoDB deletes days late. */
const KEPT_DAYS = 1;

/** The prefix of these items' partition keys. No target has it. Roles that only reserve may write no other keys. */
export const PARTITION = 'quota#';

/**
 * The calendar in the claims' table: an item per quota and ten seconds, with a counter for each second. Actions used:
 * dynamodb:Query, dynamodb:UpdateItem.
 */
export function createCalendar(client: DynamoDBDocumentClient, table: string, now: () => Instant): Calendar {
  return {
    reserve: async (of, calls, urgency, notBefore = now()) => {
      const quota = reservable(of);
      const at = Date.parse(now());
      const wish = { calls, urgency, now: at, notBefore: Date.parse(notBefore) };
      let seen = new Map<number, Reserved>();
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        if (tries % TRIES_PER_READ === 0) seen = await readCalendar(client, table, quota, at);
        const later = 1000 * spread(tries, now());
        const slot = earliest(quota, seen, { ...wish, notBefore: Math.max(at, wish.notBefore) + later });
        const taken = Math.min(calls, quota.burst);
        if (await writeIf(client, table, asReserved(quota, slot, taken, urgency))) return toReservation(slot);
        seen.set(slot.second, filled(slot, taken));
      }
      throw new Unavailable(`${quota.name}: others were faster ${MAX_TRIES} times`);
    },
    reserveEach: async (of, calls, urgency, count) => {
      const quota = reservable(of);
      const at = Date.parse(now());
      const taken = Math.min(calls, quota.burst);
      const reserved: Slot[] = [];
      for (let tries = 0; tries < MAX_TRIES && reserved.length < count; tries++) {
        const seen = await readCalendar(client, table, quota, at);
        const slots = earliestOfEach(
          quota,
          seen,
          { calls, urgency, now: at, notBefore: at },
          count - reserved.length,
        );
        for (const some of Object.values(Object.groupBy(slots, ({ second }) => pageOf(second)))) {
          const write = asReservedTogether(quota, some ?? [], seen, taken, urgency);
          if (await writeIf(client, table, write)) reserved.push(...(some ?? []));
        }
      }
      if (reserved.length < count)
        throw new Unavailable(`${quota.name}: others were faster ${MAX_TRIES} times`);
      return reserved.toSorted((one, other) => one.second - other.second).map(toReservation);
    },
    isScarce: async (quota) => {
      const at = Date.parse(now());
      return isScarce(await readCalendar(client, table, quota, at), at);
    },
  };
}

/**
 * Returns by how many seconds a try looks further on. Hundreds that reserve at the same moment would choose the same
 * second again and again, so the instant spreads them. The first try does not look further.
 */
function spread(tries: number, now: Instant): number {
  const span = Math.min(2 ** tries, MAX_SPAN_SECONDS) - 1;
  if (span === 0) return 0;
  const digest = createHash('sha256').update(`${now} ${tries}`).digest();
  return digest.readUInt32BE() % (span + 1);
}

function toReservation({ second, ahead }: Slot): Reservation {
  return { at: new Date(second * 1000).toISOString(), ahead };
}

/** Returns a second as others must have filled it. */
function filled({ most }: Slot, calls: number): Reserved {
  return { calls: most.calls + calls, looks: Number.isFinite(most.looks) ? most.looks + calls : 0 };
}

async function readCalendar(
  client: DynamoDBDocumentClient,
  table: string,
  { name }: Quota,
  now: number,
): Promise<Map<number, Reserved>> {
  const from = pageOf(Math.floor(now / 1000) - MEMORY_SECONDS);
  const pages = await queryItems(client, {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#target = :target AND #item >= :from',
    ExpressionAttributeNames: { '#target': 'target', '#item': 'item' },
    ExpressionAttributeValues: { ':target': `${PARTITION}${name}`, ':from': itemOf(from) },
  });
  return new Map(pages.flatMap((page) => [...reservedIn(page)]));
}

function reservedIn(page: Item): Reservations {
  const first = Date.parse(page.item.slice(ITEM.length)) / 1000;
  const found = new Map<number, Reserved>();
  for (let index = 0; index < PAGE_SECONDS; index++) {
    const calls = page[`calls${index}`];
    if (typeof calls !== 'number') continue;
    found.set(first + index, { calls, looks: Number(page[`looks${index}`] ?? 0) });
  }
  return found;
}

/** Returns one conditional write, so that no second gets more than it has room for. */
function asReserved({ name }: Quota, { second, most }: Slot, calls: number, urgency: Urgency): Write {
  const page = pageOf(second);
  const index = second - page;
  const isOfLook = isLook(urgency);
  return {
    key: { target: `${PARTITION}${name}`, item: itemOf(page) },
    set: keepUntil(new Date(page * 1000).toISOString(), KEPT_DAYS),
    add: { [`calls${index}`]: calls, ...(isOfLook && { [`looks${index}`]: calls }) },
    when:
      hasRoom(`calls${index}`, 'most') + (isOfLook ? ` AND ${hasRoom(`looks${index}`, 'mostLooks')}` : ''),
    values: { most: most.calls, ...(isOfLook && { mostLooks: most.looks }) },
  };
}

/** Returns one write for slots of one page, on condition that no other reservation of their seconds came since. */
function asReservedTogether(
  { name }: Quota,
  slots: readonly Slot[],
  seen: Reservations,
  calls: number,
  urgency: Urgency,
): Write {
  const seconds = Map.groupBy(slots, ({ second }) => second);
  const page = pageOf(slots[0]?.second ?? 0);
  const before = [...seconds.keys()].map((second) => [second - page, seen.get(second)?.calls ?? 0] as const);
  const added = [...seconds].map(([second, some]) => [second - page, some.length * calls] as const);
  return {
    key: { target: `${PARTITION}${name}`, item: itemOf(page) },
    set: keepUntil(new Date(page * 1000).toISOString(), KEPT_DAYS),
    add: {
      ...Object.fromEntries(added.map(([index, sum]) => [`calls${index}`, sum])),
      ...(isLook(urgency) && Object.fromEntries(added.map(([index, sum]) => [`looks${index}`, sum]))),
    },
    when: before
      .map(([index, was]) =>
        was === 0 ? hasRoom(`calls${index}`, `was${index}`) : `#calls${index} = :was${index}`,
      )
      .join(' AND '),
    values: Object.fromEntries(before.map(([index, was]) => [`was${index}`, was])),
  };
}

function hasRoom(name: string, most: string): string {
  return `(attribute_not_exists(#${name}) OR #${name} <= :${most})`;
}

const ITEM = 'from#';

function itemOf(page: number): string {
  return `${ITEM}${new Date(page * 1000).toISOString()}`;
}

function pageOf(second: number): number {
  return second - (second % PAGE_SECONDS);
}
