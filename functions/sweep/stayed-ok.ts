import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmRange } from '../../src/aws/alarm-range.ts';
import { alarmsNamed, type AnyAlarm } from '../../src/aws/alarms.ts';
import { onlyScales } from '../../src/aws/scaling-alarms.ts';
import { accusing } from '../../src/ledger/accusing.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';

/** No revision waits longer than this for the range of an alarm. */
const MAX_RANGE_SECONDS = 86_400;

/** The present state of an alarm. */
export interface AlarmNow {
  readonly name: string;
  readonly state: string;
  /** Start of that state. */
  readonly since: Instant;
  /** How long it looks back. Absent: it is no metric alarm, or CloudWatch does not say. */
  readonly rangeSeconds?: number;
  /** It turns with the load, and says nothing about users. */
  readonly onlyScales?: true;
}

export interface AlarmStates {
  /** Returns the existing alarms of these names, of all types. MAX_ALARMS_PER_CALL names at most. */
  named(names: readonly string[]): Promise<readonly AlarmNow[]>;
}

/** The names of the alarms to check. */
export interface Asked {
  /** Alarms that the target's deployments and tags name. */
  readonly watching: readonly string[];
  /** Alarms that accused the deployment, of any kind. */
  readonly accusing: readonly string[];
  /** Alarms that accused another revision before this one was deployed: they may still have been red in its soak. */
  readonly former: readonly string[];
  /** Of the accusing and former alarms: those that count also where they only scale, because a tag names the target. */
  readonly meant: readonly string[];
  /** Accusing alarms that were found deleted a whole soak ago. */
  readonly deleted: readonly string[];
}

/**
 * Quiet, with the evidence, and with the longest range of its alarms. Or not, with the last instant at which it was not
 * known to be quiet, and with the deleted ones of the accusing alarms; `deleted` is absent if the alarms were not read.
 */
export type StayedOk =
  | { readonly is: true; readonly evidence: readonly string[]; readonly rangeSeconds: number }
  | { readonly is: false; readonly since: Instant; readonly deleted?: readonly string[] };

/**
 * Says whether a target was quiet from an instant until now: every alarm was OK all the time, and no rollback ran. An
 * alarm without data is not known to be quiet, and neither is a missing alarm that should watch.
 *
 * An accusing alarm that was deleted since counts as in ALARM until it was found deleted, because its state until then
 * is not known. A whole soak without it must follow. If an operator creates it again, it is checked again.
 *
 * An alarm that accused only another revision may be missing or without data, because the metrics of that revision may
 * have ended with it. It must not be in ALARM, and its state must not have changed.
 *
 * An alarm that only scales, and that is neither meant nor watched, does not count.
 * @param records newest first; records that ended before `since` do not count
 */
export async function readStayedOk(
  alarms: AlarmStates,
  asked: Asked,
  records: readonly RollbackRecord[],
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<StayedOk> {
  const every = namesIn(asked);
  const found = every.length === 0 ? [] : await alarms.named(every);
  const scaling = found.filter((alarm) => isOfLoad(alarm, asked)).map(({ name }) => name);
  const rollback = records.find((one) => endedSince(one, since) && !isOnlyOf(scaling, one));
  if (rollback !== undefined) return { is: false, since: rollback.outcome?.at ?? rollback.startedAt };
  const deleted = deletedOf(asked, found);
  const states = found.filter(({ name }) => !scaling.includes(name));
  const all = every.filter((name) => !scaling.includes(name));
  if (deleted.some((name) => !asked.deleted.includes(name))) return { is: false, since: now, deleted };
  const known = [...asked.watching, ...asked.accusing];
  const names = all.filter((name) => known.includes(name) && !deleted.includes(name));
  const former = states.filter(({ name }) => !known.includes(name));
  const changes = states.map((alarm) => alarm.since).filter((changed) => isAfter(changed, since));
  const isOk = names.every((name) => states.some((alarm) => alarm.name === name && alarm.state === 'OK'));
  const isRed = former.some(({ state }) => state === 'ALARM');
  if (!isOk || isRed || changes.length > 0)
    return { is: false, since: changes.toSorted().at(-1) ?? since, deleted };
  const were = names.map((name) => `alarm ${name} was OK since ${since}`);
  const others = former.map(
    ({ name }) => `alarm ${name} accused another revision and was not red since ${since}`,
  );
  const gone = deleted.map((name) => `alarm ${name} accused it and was deleted before ${since}`);
  const ranges = states.map(({ rangeSeconds = 0 }) => rangeSeconds);
  const rangeSeconds = Math.min(Math.max(0, ...ranges), MAX_RANGE_SECONDS);
  return { is: true, evidence: [...were, ...others, ...gone, noRollback(since, names)], rangeSeconds };
}

/** Returns the names of the alarms to read, each once. */
export function namesIn({ watching, accusing, former }: Asked): readonly string[] {
  return [...new Set([...watching, ...accusing, ...former])];
}

function isOfLoad({ name, onlyScales }: AlarmNow, { watching, meant }: Asked): boolean {
  return onlyScales === true && !watching.includes(name) && !meant.includes(name);
}

function endedSince({ outcome }: RollbackRecord, since: Instant): boolean {
  return outcome === undefined || isAfter(outcome.at, since);
}

/** Says whether only these alarms triggered a rollback, which was skipped. */
function isOnlyOf(names: readonly string[], record: RollbackRecord): boolean {
  const by = accusing([record]);
  return record.outcome?.state === 'skipped' && by.length > 0 && by.every((name) => names.includes(name));
}

function deletedOf({ watching, accusing }: Asked, states: readonly AlarmNow[]): readonly string[] {
  const there = [...watching, ...states.map(({ name }) => name)];
  return [...new Set(accusing)].filter((name) => !there.includes(name));
}

function noRollback(since: Instant, names: readonly string[]): string {
  return names.length === 0
    ? `no rollback was requested since ${since}, and no known alarm watches it`
    : `no rollback was requested since ${since}`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function createAlarmStates(client: Pick<CloudWatchClient, 'send'>): AlarmStates {
  return {
    named: async (names) => {
      return (await alarmsNamed(client, names)).map(toState);
    },
  };
}

/**
 * @throws Error if the name, the state or its start is missing: the API allows that, and the alarm would look deleted
 */
function toState(alarm: AnyAlarm): AlarmNow {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  const { AlarmName: name, StateValue: state } = alarm;
  if (name === undefined || state === undefined || since === undefined)
    throw new Error(`AWS returned alarm ${name ?? ''} without its state or the start of it`);
  const range = alarmRange(alarm);
  return {
    ...{ name, state, since: since.toISOString() },
    ...(range !== null && { rangeSeconds: range.seconds }),
    ...(onlyScales(alarm) && { onlyScales: true }),
  };
}
