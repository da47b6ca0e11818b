import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import {
  arrivedIn,
  comesSlowly,
  placeOf,
  sinceOf,
  type Arriving,
  type Gathering,
  type InStorm,
  type Place,
} from '../rollback/storm/arrivals.ts';
import { keepUntil, sortable } from './keep.ts';
import { readItem } from './read.ts';
import { readMembers } from './dynamodb-members.ts';
import { GATHERING, idOf, memberKey, MEMBER_DAYS } from './storm-keys.ts';
import type { Storms } from './storms.ts';
import { writeIf, type Write } from './write.ts';

/** How often others may change the gathering during one call. After that the state machine retries. */
const MAX_TRIES = 6;

/** Longer than a storm. DynamoDB deletes days late. */
const KEPT_DAYS = 2;

/**
 * Counts alarms. Reads one small item, and writes it only while the first targets gather, and then once for each half
 * minute of alarms: hundreds of arrivals within a second each write an item of their own.
 * Actions used: dynamodb:GetItem, dynamodb:UpdateItem.
 */
export function createArrivals(
  client: DynamoDBDocumentClient,
  table: string,
): Pick<Storms, 'arrive' | 'arrived' | 'isUnderWay'> {
  const write = (one: Write) => writeIf(client, table, one);
  const read = async () => (await readItem(client, table, GATHERING)) as Gathering | null;
  const withLately = async (gathering: Gathering | null, arriving: Arriving) => {
    if (gathering === null || !comesSlowly(gathering, arriving)) return gathering;
    const members = await readMembers(client, table, gathering.id);
    const others = [...gathering.first, ...members].filter(({ target }) => target !== arriving.target);
    return { ...gathering, lately: others.map(({ target, at }) => ({ target, at })) };
  };
  return {
    async arrived(now) {
      const gathering = await read();
      return gathering === null ? 0 : arrivedIn(gathering, now);
    },
    async isUnderWay(most, now) {
      const gathering = await read();
      return (
        gathering !== null && placeOf(gathering, { target: '', at: sortable(now) }, most).is === 'member'
      );
    },
    async arrive({ target, at }, execution, most, now) {
      const arriving = { target, at: sortable(at) };
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const gathering = await withLately(await read(), arriving);
        const place = placeOf(gathering, arriving, most);
        const asked = writeFor(place, gathering, arriving, most, now);
        if (asked !== null && !(await write(asked))) continue;
        const storm = standingOf(place, gathering);
        if (storm?.role === 'member') await write(asArrived(arriving, storm, execution, now));
        return storm;
      }
      throw new Unavailable(`the alarms of the last minutes changed ${MAX_TRIES} times during one try`);
    },
  };
}

function standingOf(place: Place, gathering: Gathering | null): InStorm | null {
  if (place.is === 'alone') return null;
  const first = place.is === 'gathers' ? place.first : (gathering?.first ?? []);
  const id = place.is === 'gathers' ? idFor(place, gathering) : (gathering?.id ?? '');
  return { id, role: place.is === 'member' ? 'member' : 'first', since: sinceOf({ first }) };
}

/** Keeps the id while some of the first remain: they have recorded themselves under it. A storm's id is used once. */
function idFor({ first, isNew }: Extract<Place, { is: 'gathers' }>, gathering: Gathering | null): string {
  if (isNew) return idOf(first.slice(-1));
  return first.length === 1 || gathering === null ? idOf(first) : gathering.id;
}

/** Returns null where the place needs no write. */
function writeFor(
  place: Place,
  gathering: Gathering | null,
  arriving: Arriving,
  most: number,
  now: Instant,
): Write | null {
  const kept = keepUntil(now, KEPT_DAYS);
  switch (place.is) {
    case 'gathers':
      return {
        key: GATHERING,
        set: { id: idFor(place, gathering), first: place.first, ...kept },
        remove: ['last'],
        ...unchanged(gathering),
      };
    case 'follows':
      return {
        key: GATHERING,
        append: { first: arriving },
        set: kept,
        when: '#id = :was AND attribute_not_exists(#last) AND size(#first) < :most',
        values: { was: gathering?.id, most },
      };
    case 'member':
      return place.last === undefined
        ? null
        : {
            key: GATHERING,
            set: { last: place.last, ...kept },
            when: '#id = :was AND (attribute_not_exists(#last) OR #last < :last)',
            values: { was: gathering?.id },
          };
    case 'first':
    case 'alone':
      return null;
  }
}

function unchanged(gathering: Gathering | null): Pick<Write, 'when' | 'values'> {
  if (gathering === null) return { when: 'attribute_not_exists(#id)' };
  const { id: was, first, last } = gathering;
  return last === undefined
    ? {
        when: '#id = :was AND attribute_not_exists(#last) AND size(#first) = :size',
        values: { was, size: first.length },
      }
    : { when: '#id = :was AND #last = :before', values: { was, before: last } };
}

/** A retry of the same execution changes nothing. Another execution of the same target begins anew. */
function asArrived({ target, at }: Arriving, { id, role }: InStorm, execution: string, now: Instant): Write {
  return {
    key: memberKey(id, target),
    set: { at, execution, role, state: 'judging', ...keepUntil(now, MEMBER_DAYS) },
    remove: ['question', 'listed', 'answered', 'leftOut', 'agreed', 'endedAt'],
    when: 'attribute_not_exists(#execution) OR #execution <> :execution',
  };
}
