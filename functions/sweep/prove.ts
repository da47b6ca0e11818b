import { accusing } from '../../src/ledger/accusing.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Ledger, ObservedRevision } from '../../src/ledger/ledger.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { readTarget } from '../../src/targets/target.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { Deployed, SweepContext, Reconciler } from '../../src/targets/kind.ts';
import { readStayedOk, type AlarmStates, type StayedOk } from './stayed-ok.ts';
import type { ReadInAlarm } from './in-alarm.ts';

/** Oldest first, so that what is left for the next minute is the newest. */
const MAX_PROVEN_PER_SWEEP = 20;

/** An observed revision that cannot be judged now must not stand in the way of the others. */
const LATER_SECONDS = 600;

/** A deployment that waits between its steps may be accused hours before it completes. */
const ACCUSED_BEFORE_SECONDS = 86_400;

export interface Proving {
  readonly ledger: Pick<Ledger, 'soaked' | 'wait' | 'prove' | 'forget'>;
  readonly claims: Pick<Claims, 'records'>;
  readonly alarms: AlarmStates;
  readonly inAlarmOf: ReadInAlarm;
  /** By the name of the kind. */
  kindOf(name: string): Pick<Reconciler, 'deployed'>;
  readonly context: Pick<SweepContext, 'optedIn'>;
}

/** Proves what stayed quiet through its soak: this is how a revision becomes last known good. */
export async function prove(proving: Proving, now: Instant): Promise<void> {
  const observed = await proving.ledger.soaked(now, MAX_PROVEN_PER_SWEEP);
  await eachOf(observed, async (observed) => {
    try {
      await settle(proving, observed, now);
    } catch (error) {
      await proving.ledger.wait(observed, after(now, LATER_SECONDS));
      throw error;
    }
  });
}

async function settle(proving: Proving, observed: ObservedRevision, now: Instant): Promise<void> {
  const { ledger, context } = proving;
  const deployed = await proving.kindOf(readTarget(observed.target).kind).deployed(observed, context);
  // What something else took the place of is not proven any more; if it is brought back, it is observed anew.
  if (deployed === null || deployed.runs === 'gone') return ledger.forget(observed);
  const soakSeconds = readSettings(deployed.tags).soakMinutes * 60;
  const soakUntil = after(observed.completedAt, soakSeconds);
  if (isAfter(soakUntil, now)) return ledger.wait(observed, soakUntil);
  const since = laterOf(observed.completedAt, after(now, -soakSeconds));
  const suspected = await suspect(proving, observed);
  const stayedOk = await lookBack(proving, suspected, deployed, { since, now });
  if (stayedOk.is)
    return ledger.prove(observed, deployed.revision, now, [completion(observed), ...stayedOk.evidence]);
  const { deleted } = stayedOk;
  const waiting = deleted === undefined ? suspected : { ...suspected, deleted };
  return ledger.wait(waiting, laterOf(after(stayedOk.since, soakSeconds), after(now, LATER_SECONDS)));
}

/** What is red now is remembered: it must be OK through a soak, and not only at the end of one. */
async function suspect({ inAlarmOf }: Proving, observed: ObservedRevision): Promise<ObservedRevision> {
  const suspects = new Set([...(observed.suspects ?? []), ...(await inAlarmOf(observed.target))]);
  return suspects.size === 0 ? observed : { ...observed, suspects: [...suspects] };
}

async function lookBack(
  { claims, alarms }: Proving,
  observed: ObservedRevision,
  deployed: Deployed,
  span: { readonly since: Instant; readonly now: Instant },
): Promise<StayedOk> {
  if (deployed.runs === 'unclear') return { is: false, since: span.since };
  // What accused it once has to be OK as well: an alarm that stays red starts no further rollback.
  const records = await claims.records(observed.target, after(observed.completedAt, -ACCUSED_BEFORE_SECONDS));
  const against = accusing(records.filter((record) => !isOfAnother(record, observed, deployed)));
  const { suspects = [], deleted = [] } = observed;
  const asked = { watching: watched(deployed), accusing: [...against, ...suspects], deleted };
  return readStayedOk(alarms, asked, records, span);
}

/** What came before the deployment completed, and found another revision at fault, says nothing about this one. */
function isOfAnother(
  { from, startedAt }: RollbackRecord,
  { completedAt }: ObservedRevision,
  { revision }: Deployed,
): boolean {
  return from !== undefined && from !== revision.id && !isAfter(startedAt, completedAt);
}

function watched({ alarms, tags }: Deployed): readonly string[] {
  return [...alarms, ...readSettings(tags).alarms];
}

function completion({ deployment, completedAt }: ObservedRevision): string {
  return `deployment ${deployment} completed at ${completedAt}`;
}

function laterOf(one: Instant, other: Instant): Instant {
  return isAfter(one, other) ? one : other;
}
