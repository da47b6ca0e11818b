import { measure, metersOf } from '../../../../functions/guard/measure.ts';
import { recentChanges } from '../../../../functions/guard/recent-changes.ts';
import type { Client } from '../../../../functions/guard/cloudwatch.ts';
import type { Changes } from '../../../../src/ledger/changes.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Found, Measured } from '../../../../src/rollback/facts.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';
import { progressedBy } from '../progress.ts';
import { NotWritten } from '../not-written.ts';
import { isUntouched, type View } from '../view.ts';
import type { Judged, Past } from '../past.ts';
import type { Moment } from '../moment.ts';

/** Services that the facts of a look are read from. */
export interface Sources {
  readonly cloudwatch: Client;
  readonly changes: Pick<Changes, 'lately'>;
}

/** Timeout of these reads. No rollback waits for them. */
export const PATIENCE_MS = 60_000;

const LATER_SECONDS = 180;

/** Metrics are read this far beyond an instant, to see that it has passed. */
const BEYOND_SECONDS = 120;

/** Reads the facts of each look. After a single look, reads them again as they were three minutes later. */
export async function readMoments(
  sources: Sources,
  view: View,
  past: Past,
  entries: readonly Entry[],
): Promise<readonly [Moment, ...Moment[]]> {
  const [first, ...others] = view.looks;
  const moment = await readMoment(sources, view, first);
  if (others.length > 0) {
    const all = await Promise.all(others.map((look) => readMoment(sources, view, look)));
    return [moment, ...all];
  }
  const later = await readLater(sources, view, past, entries);
  return later === null ? [moment] : [moment, later];
}

async function readMoment(sources: Sources, { request }: View, look: Judged): Promise<Moment> {
  const { plan, verdict } = look;
  const { at } = verdict;
  const rollback = { ...look, request };
  const [measured, changes] = await Promise.all([
    measure(sources.cloudwatch, metersOf(rollback), at, PATIENCE_MS),
    recentChanges(sources.changes, rollback, at, PATIENCE_MS),
  ]);
  return {
    at,
    request,
    plan,
    measured: measured === undefined ? [] : known('the metrics', measured),
    changes: known('the changes', changes),
  };
}

/**
 * Reads the facts three minutes later. Returns null if Lastgood had written to the target by then, if the ledger does
 * not know how a deployment went on, or if that moment is still to come.
 */
async function readLater(
  sources: Sources,
  view: View,
  past: Past,
  entries: readonly Entry[],
): Promise<Moment | null> {
  const [look] = view.looks;
  const at = after(look.verdict.at, LATER_SECONDS);
  const plan = progressedBy(look.plan, entries, at);
  if (plan === null || !isUntouched(past, at)) return null;
  const beyond = { ...look, plan, verdict: { ...look.verdict, at: after(at, BEYOND_SECONDS) } };
  const moment = await readMoment(sources, view, beyond);
  return isOverIn(moment.measured, at) ? { ...moment, at } : null;
}

/** Returns whether CloudWatch has a datapoint in the minute of an instant or later, so that this instant has passed. */
function isOverIn(measured: readonly Measured[], at: Instant): boolean {
  const minute = Math.floor(Date.parse(at) / 60_000) * 60_000;
  return measured.some(({ series: { start, periodSeconds, values } }) =>
    values.some((value, k) => value !== null && Date.parse(after(start, k * periodSeconds)) >= minute),
  );
}

function known<T>(what: string, found: Found<T>): T {
  if (!found.known) throw new NotWritten(`${what} could not be read: ${found.why}`);
  return found.is;
}
