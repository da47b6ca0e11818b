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

/** The sweep proves the oldest first, and leaves the newest for the next minute. */
const MAX_PROVEN_PER_SWEEP = 20;

/** How long an observed revision waits that cannot be settled now, so that it does not block the others. */
const LATER_SECONDS = 600;

/** How long before its completion a deployment may be accused: it may wait for hours between its steps. */
const ACCUSED_BEFORE_SECONDS = 86_400;

export interface Proving {
  readonly ledger: Pick<Ledger, 'soaked' | 'wait' | 'prove' | 'forget'>;
  readonly claims: Pick<Claims, 'records'>;
  readonly alarms: AlarmStates;
  readonly inAlarmOf: ReadInAlarm;
  /** Returns the reconciler of a kind, by the kind's name. */
  kindOf(name: string): Pick<Reconciler, 'deployed'>;
  readonly context: SweepContext;
}

/** Proves the revisions that stayed quiet through their soak. This is how a revision becomes last known good. */
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
  const [found] = await proving.kindOf(readTarget(observed.target).kind).deployed([observed], context);
  if (found?.status !== 'fulfilled') throw found?.reason;
  const deployed = found.value;
  // Another revision has replaced this one. If it is deployed again, it is observed anew.
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

/** Adds the alarms that are in ALARM now as suspects: they must be OK through a whole soak, not only at its end. */
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
  // The accusing alarms must be OK too, because an alarm that stays in ALARM starts no further rollback.
  const records = await claims.records(observed.target, after(observed.completedAt, -ACCUSED_BEFORE_SECONDS));
  const against = accusing(records.filter((record) => !isOfAnother(record, observed, deployed)));
  const { suspects = [], deleted = [] } = observed;
  const asked = { watching: watched(deployed), accusing: [...against, ...suspects], deleted };
  return readStayedOk(alarms, asked, records, span);
}

/** Says whether a rollback began before the deployment completed, and found another revision at fault. */
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
