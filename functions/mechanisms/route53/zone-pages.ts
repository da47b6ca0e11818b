import { ListHostedZonesCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { createBudget, within, type Budget } from '../../../src/aws/budget.ts';
import { isNamed, named } from '../../../src/aws/errors.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import { Throttled } from '../../../src/rollback/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { SweepContext } from '../../../src/targets/kind.ts';
import { listPage, type Position, type RecordPage, type RecordSet } from './list-records.ts';
import { COUNTS, MORE, PAGES } from './shares.ts';

type Client = Pick<Route53Client, 'send'>;

/** The pages of zones. A page serves all names on it. */
export interface ZonePages {
  /** Returns how many pages a zone has. One, if that is unknown. */
  counts(now: Instant): Promise<(zone: string) => number>;
  /** Reads one page of a zone. The last one reads on to the end of the zone. */
  read(zone: string, index: number, count: number, context: SweepContext): Promise<readonly RecordSet[]>;
}

/**
 * Records of a page up to where the next page begins. A page lists 300, so that some may be added before the next one
 * has to begin earlier. What two pages show, they show alike.
 */
export const STRIDE = 250;

/** How long the numbers of records are kept. They decide only how a zone is divided. */
const COUNTS_SECONDS = 300;

export function createZonePages(client: Client): ZonePages {
  let counted: { readonly at: Instant; readonly records: ReadonlyMap<string, number> } | null = null;
  const starts = new Map<string, (Position | null)[]>();
  const sweepOf = oncePer(() => ({
    calls: createBudget(PAGES.callsPerMinute + MORE.callsPerMinute),
    pages: new Map<string, Promise<RecordPage>>(),
  }));

  /** Reads a page once in a sweep. Where it begins is known from a page before, which is read first if it is not. */
  const pageAt = (zone: string, index: number, context: SweepContext): Promise<RecordPage> => {
    const { calls, pages } = sweepOf(context);
    const key = `${zone} ${index}`;
    const page = pages.get(key) ?? list(zone, index, calls, context);
    pages.set(key, page);
    return page;
  };
  const list = async (zone: string, index: number, calls: Budget, context: SweepContext) => {
    const known = starts.get(zone) ?? [null];
    starts.set(zone, known);
    if (index > 0 && known[index] === undefined) await pageAt(zone, index - 1, context);
    const from = known[index];
    if (from === undefined) return { sets: [], isTruncated: false };
    const page = await within(calls, PAGES.quota, () => listPage(client, zone, from));
    const next = nextStart(page, known[index + 1]);
    if (next === null) known.length = index + 1;
    else known[index + 1] = next;
    return page;
  };

  return {
    counts: async (now) => {
      if (counted === null || secondsBetween(counted.at, now) >= COUNTS_SECONDS) {
        const records = await countRecords(client);
        if (records !== null) counted = { at: now, records };
      }
      const known = counted?.records ?? new Map<string, number>();
      return (zone) => Math.max(1, Math.ceil((known.get(zone) ?? 0) / STRIDE));
    },
    read: (zone, index, count, context) =>
      unlessGone(async () => {
        const found: RecordSet[] = [];
        for (let at = index; at === index || at >= count; at++) {
          const page = await pageAt(zone, at, context);
          found.push(...(page.isTruncated ? page.sets.slice(0, -1) : page.sets));
          if (!page.isTruncated || at + 1 < count) break;
        }
        return found;
      }),
  };
}

/**
 * Returns where the next page begins: where it began, if this page still reaches to there, or else after STRIDE records.
 * Null: this page is the last one.
 */
function nextStart({ sets, isTruncated }: RecordPage, known: Position | null | undefined): Position | null {
  const whole = isTruncated ? sets.slice(0, -1) : sets;
  const isSame = ({ position: { name, type } }: RecordSet) => known?.name === name && known.type === type;
  if (whole.slice(1).some(isSame)) return known ?? null;
  if (!isTruncated) return null;
  let records = 0;
  const index = sets.findIndex((set) => (records += set.records.length) > STRIDE);
  return sets[Math.max(1, index)]?.position ?? null;
}

/**
 * Counts the records of the first zones of the account. Null: throttled, and the next minute asks again.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html
 */
async function countRecords(client: Client): Promise<ReadonlyMap<string, number> | null> {
  const found = new Map<string, number>();
  let marker: string | undefined;
  try {
    for (let calls = 0; calls < COUNTS.callsPerMinute; calls++) {
      const { HostedZones = [], NextMarker } = await client.send(
        new ListHostedZonesCommand(marker === undefined ? {} : { Marker: marker }),
      );
      for (const { Id = '', ResourceRecordSetCount = 0 } of HostedZones)
        found.set(Id.replace('/hostedzone/', ''), ResourceRecordSetCount);
      marker = NextMarker;
      if (marker === undefined) break;
    }
    return found;
  } catch (error) {
    if (named(error) instanceof Throttled) return null;
    throw error;
  }
}

async function unlessGone(read: () => Promise<readonly RecordSet[]>): Promise<readonly RecordSet[]> {
  try {
    return await read();
  } catch (error) {
    if (isNamed(error, 'NoSuchHostedZone')) return [];
    throw error;
  }
}
