import { inBatches, readBatches } from '../../src/aws/batches.ts';
import { createBudget, within } from '../../src/aws/budget.ts';
import { eachOf } from '../../src/aws/each.ts';
import { named } from '../../src/aws/errors.ts';
import { MAX_ALARMS_PER_CALL } from '../../src/aws/alarms.ts';
import { accusing } from '../../src/ledger/accusing.ts';
import type { Claims, RollbackRecord } from '../../src/ledger/claims.ts';
import type { Ledger, ObservedRevision } from '../../src/ledger/ledger.ts';
import { Throttled } from '../../src/rollback/errors.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import type { Deployed } from '../../src/targets/kind.ts';
import type { ReadInAlarm } from './in-alarm.ts';
import { lookUpSoaked, type LookingUp } from './look-up.ts';
import { seenByLookout, type SeenByLookout } from './seen-by-lookout.ts';
import { ALARMS_OF_PROOFS } from './shares.ts';
import { namesIn, readStayedOk, type AlarmStates, type Asked } from './stayed-ok.ts';

/** How long an observed revision waits that cannot be settled now, so that it does not block the others. */
const LATER_SECONDS = 600;

/** How long before its completion a deployment may be accused: it may wait for hours between its steps. */
const ACCUSED_BEFORE_SECONDS = 86_400;

export interface Proving extends LookingUp, SeenByLookout {
  readonly ledger: Pick<Ledger, 'soaked' | 'wait' | 'prove' | 'forget'>;
  readonly claims: Pick<Claims, 'records'>;
  /** Reads MAX_ALARMS_PER_CALL at most. One call. */
  readonly alarms: AlarmStates;
  readonly inAlarmOf: ReadInAlarm;
}

/** A revision whose soak may be over, with all that decides except the states of its alarms. */
interface Soaked {
  readonly observed: ObservedRevision;
  readonly deployed: Deployed;
  readonly soakSeconds: number;
  readonly since: Instant;
  readonly records: readonly RollbackRecord[];
  readonly asked: Asked;
}

/**
 * Proves the revisions that stayed quiet through their soak. This is how a revision becomes last known good. Looks up
 * many at once: targets by the pages of their kinds, alarms by a hundred names. What AWS throttles, and what the shares
 * of this minute do not suffice for, is due again in the next one.
 */
export async function prove(proving: Proving, now: Instant): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async <T>(observed: ObservedRevision, work: () => Promise<T>): Promise<T | null> => {
    try {
      return proving.hasTime() ? await work() : null;
    } catch (error) {
      await setBack(proving, observed, named(error), now, failures);
      return null;
    }
  };
  const found = await lookUpSoaked(proving, now);
  const soaked: Soaked[] = [];
  await eachOf(found, async ({ observed, deployed }) => {
    const one = await attempt(observed, async () => overdue(proving, observed, await deployed(), now));
    if (one !== null) soaked.push(one);
  });
  const alarms = await readStates(proving, soaked);
  await eachOf(soaked, async (one) => {
    await attempt(one.observed, () => settle(proving, one, alarms, now));
  });
  if (failures.length > 0) throw failures[0];
}

/** Leaves a throttled one for the next minute. Lets any other failure wait, so that it does not block the others. */
async function setBack(
  { ledger, warn }: Proving,
  observed: ObservedRevision,
  error: unknown,
  now: Instant,
  failures: unknown[],
): Promise<void> {
  if (error instanceof Throttled) {
    warn('throttled: the proof is due again', { target: observed.target, because: error.message });
    return;
  }
  failures.push(error);
  await ledger.wait(observed, after(now, LATER_SECONDS));
}

/** Settles what needs no alarm, and returns what does. */
async function overdue(
  proving: Proving,
  observed: ObservedRevision,
  deployed: Deployed | null,
  now: Instant,
): Promise<Soaked | null> {
  const { ledger, claims, inAlarmOf, context } = proving;
  // Another revision has replaced this one. If it is deployed again, it is observed anew.
  if (deployed === null || deployed.runs === 'gone') return done(ledger.forget(observed));
  const soakSeconds = readSettings(deployed.tags).soakMinutes * 60;
  const soakUntil = after(observed.completedAt, soakSeconds);
  if (isAfter(soakUntil, now)) return done(ledger.wait(observed, soakUntil));
  // What runs may be equal to it and yet came later: another revision ran in between.
  if (await isReplaced(observed, context)) return done(ledger.forget(observed));
  const since = laterOf(observed.completedAt, after(now, -soakSeconds));
  const suspected = suspect(observed, await inAlarmOf(observed.target));
  const [records, asked] = await accusersOf(claims, suspected, deployed);
  return { observed: suspected, deployed, soakSeconds, since, records, asked };
}

async function isReplaced(
  { target, completedAt }: ObservedRevision,
  { entriesOf }: Pick<Proving['context'], 'entriesOf'>,
): Promise<boolean> {
  const entries = await entriesOf(target);
  return entries.some((entry) => 'deployment' in entry && isAfter(entry.completedAt, completedAt));
}

async function done(write: Promise<void>): Promise<null> {
  await write;
  return null;
}

/** Adds the alarms that are in ALARM now as suspects: they must be OK through a whole soak, not only at its end. */
function suspect(observed: ObservedRevision, inAlarm: readonly string[]): ObservedRevision {
  const suspects = new Set([...(observed.suspects ?? []), ...inAlarm]);
  return suspects.size === 0 ? observed : { ...observed, suspects: [...suspects] };
}

/** The accusing alarms must be OK too, because an alarm that stays in ALARM starts no further rollback. */
async function accusersOf(
  claims: Proving['claims'],
  observed: ObservedRevision,
  deployed: Deployed,
): Promise<readonly [readonly RollbackRecord[], Asked]> {
  const records = await claims.records(observed.target, after(observed.completedAt, -ACCUSED_BEFORE_SECONDS));
  const others = records.filter((record) => isOfAnother(record, observed, deployed));
  const against = accusing(records.filter((record) => !others.includes(record)));
  const { suspects = [], deleted = [] } = observed;
  const meant = [...suspects, ...accusing(records, ({ isTagged }) => isTagged === true)];
  const asked = { accusing: [...against, ...suspects], former: accusing(others), meant, deleted };
  return [records, { watching: watched(deployed), ...asked }];
}

/** Reads the alarms of all of them, by a hundred names. A failed call fails only those that it asked about. */
async function readStates({ alarms }: Proving, soaked: readonly Soaked[]): Promise<AlarmStates> {
  const { quota, callsPerMinute } = ALARMS_OF_PROOFS;
  const budget = createBudget(callsPerMinute);
  const names = new Set(soaked.filter(isClear).flatMap(({ asked }) => namesIn(asked)));
  const found = await readBatches(
    inBatches([...names], MAX_ALARMS_PER_CALL),
    (name) => name,
    async (some) => {
      const states = await within(budget, quota, () => alarms.named(some));
      return new Map(states.map((one) => [one.name, one]));
    },
  );
  return { named: async (some) => Promise.resolve(some.flatMap((name) => found(name) ?? [])) };
}

function isClear({ deployed }: Soaked): boolean {
  return deployed.runs !== 'unclear';
}

async function settle(proving: Proving, one: Soaked, alarms: AlarmStates, now: Instant): Promise<void> {
  const { ledger } = proving;
  const { observed, deployed, soakSeconds, since, records, asked } = one;
  const stayedOk = isClear(one)
    ? await readStayedOk(alarms, asked, records, { since, now })
    : { is: false as const, since };
  if (stayedOk.is) {
    // Until then an alarm may be OK by datapoints from before this revision.
    const seenWhole = after(observed.completedAt, stayedOk.rangeSeconds);
    if (isAfter(seenWhole, now)) return ledger.wait(observed, seenWhole);
    const seen = await seenByLookout(proving, observed, deployed, now);
    if (seen === 'follows') return;
    const evidence = [completion(observed), ...stayedOk.evidence, ...seen];
    return ledger.prove(observed, deployed.revision, now, evidence);
  }
  const deleted = 'deleted' in stayedOk ? stayedOk.deleted : undefined;
  const waiting = deleted === undefined ? observed : { ...observed, deleted };
  return ledger.wait(waiting, laterOf(after(stayedOk.since, soakSeconds), after(now, LATER_SECONDS)));
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
