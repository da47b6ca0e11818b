import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmsNamed, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import { inBatches } from '../../src/aws/batches.ts';
import type { RollbackRecord } from '../../src/ledger/claims.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { isAfter } from '../../src/rollback/time.ts';

/** An alarm as it is now. */
export interface AlarmNow {
  readonly name: string;
  readonly state: string;
  /** Since when it is in that state. */
  readonly since: Instant;
}

export interface AlarmStates {
  /** Those that there are, metric alarms and composite ones. */
  named(names: readonly string[]): Promise<readonly AlarmNow[]>;
}

/** Names of alarms. */
export interface Asked {
  /** Those that the target's deployments and tags name. */
  readonly watching: readonly string[];
  /** Those that spoke against the deployment, of whichever kind. */
  readonly accusing: readonly string[];
  /** Those of them that were found deleted before, a whole soak ago. */
  readonly deleted: readonly string[];
}

/**
 * Quiet, with the evidence; or not, with the last instant at which it was not known to be, and with the accusing alarms
 * that are deleted, as far as that was looked at.
 */
export type StayedOk =
  | { readonly is: true; readonly evidence: readonly string[] }
  | { readonly is: false; readonly since: Instant; readonly deleted?: readonly string[] };

/**
 * Whether a target was quiet from an instant until now: every alarm is OK and has been all the time, and no rollback ran.
 * An alarm without data is not known to be quiet, nor is one that should watch and is not there.
 *
 * One that accused and was then deleted accuses nobody, but what it would have said until it was found deleted is not
 * known: it counts as red until then, and a whole soak without it has to follow. If it is put again, it is asked again.
 * @param records newest first; those that ended before `since` count for nothing
 */
export async function readStayedOk(
  alarms: AlarmStates,
  asked: Asked,
  records: readonly RollbackRecord[],
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<StayedOk> {
  const rollback = records.find(({ outcome }) => outcome === undefined || isAfter(outcome.at, since));
  if (rollback !== undefined) return { is: false, since: rollback.outcome?.at ?? rollback.startedAt };
  const all = [...new Set([...asked.watching, ...asked.accusing])];
  const states = all.length === 0 ? [] : await alarms.named(all);
  const deleted = deletedOf(asked, states);
  if (deleted.some((name) => !asked.deleted.includes(name))) return { is: false, since: now, deleted };
  const names = all.filter((name) => !deleted.includes(name));
  const changes = states.map((alarm) => alarm.since).filter((changed) => isAfter(changed, since));
  const isOk = names.every((name) => states.some((alarm) => alarm.name === name && alarm.state === 'OK'));
  if (!isOk || changes.length > 0) return { is: false, since: changes.toSorted().at(-1) ?? since, deleted };
  const were = names.map((name) => `alarm ${name} was OK since ${since}`);
  const gone = deleted.map((name) => `alarm ${name} accused it and was deleted before ${since}`);
  return { is: true, evidence: [...were, ...gone, noRollback(since, names)] };
}

function deletedOf({ watching, accusing }: Asked, states: readonly AlarmNow[]): readonly string[] {
  const there = [...watching, ...states.map(({ name }) => name)];
  return [...new Set(accusing)].filter((name) => !there.includes(name));
}

function noRollback(since: Instant, names: readonly string[]): string {
  return names.length === 0
    ? `no rollback was asked for since ${since}, and no alarm is known to watch it`
    : `no rollback was asked for since ${since}`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function createAlarmStates(client: Pick<CloudWatchClient, 'send'>): AlarmStates {
  return {
    named: async (names) => {
      const found: AlarmNow[] = [];
      // All of them: one that was not asked for would look deleted.
      for (const batch of inBatches(names, MAX_ALARMS_PER_CALL))
        found.push(...(await alarmsNamed(client, batch)).map(toState));
      return found;
    },
  };
}

/** @throws Error where the alarm does not say since when: all three are optional, and left out it would look deleted */
function toState(alarm: AnyAlarm): AlarmNow {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  const { AlarmName: name, StateValue: state } = alarm;
  if (name === undefined || state === undefined || since === undefined)
    throw new Error(`since when alarm ${name ?? ''} is in its state is not told`);
  return { name, state, since: since.toISOString() };
}
