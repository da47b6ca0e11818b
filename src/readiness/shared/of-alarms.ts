import { findIn, type Finding } from '../finding.ts';
import { SHARED } from '../ids/shared.ts';

const find = findIn(SHARED);

/** An alarm as CloudWatch describes it, and the targets that it names. */
export interface DescribedAlarm {
  readonly name: string;
  readonly state: string;
  readonly areActionsEnabled: boolean;
  /** How missing data counts; null: it is composite, or the default `missing`. */
  readonly missingData: string | null;
  readonly targets: readonly string[];
  /** The ARNs of what it watches whole, where it names no target. Absent: none. */
  readonly wholes?: readonly string[];
  /** What it watches whole has several targets, and this one is among them. Absent: it does not. */
  readonly unclear?: Unclear;
}

/** Why an alarm starts nothing: it names none of several targets. */
export interface Unclear {
  /** In words. */
  readonly among: string;
  /** The dimension that puts it on the target alone. */
  readonly dimension: string;
}

/** The alarms of an account. */
export interface Alarms {
  readonly described: readonly DescribedAlarm[];
  /** There are no others. */
  readonly areAll: boolean;
}

/**
 * Returns what speaks against the alarms of a target.
 * @param watched names of those that a rollback must see OK, and of those that end a deployment
 */
export function ofAlarms(
  target: string,
  watched: readonly string[],
  { described, areAll }: Alarms,
): readonly Finding[] {
  const own = described.filter(({ name, targets }) => targets.includes(target) || watched.includes(name));
  const absent = [
    ...(described.some(({ targets }) => targets.includes(target)) ? [] : [none(target)]),
    ...watched.filter((name) => !described.some((alarm) => alarm.name === name)).map(missing),
  ];
  return [
    ...(areAll || absent.length === 0 ? absent : [tooMany(described.length)]),
    ...own.flatMap((alarm) => ofAlarm(target, alarm)),
    ...described.flatMap(({ name, unclear }) =>
      unclear === undefined ? [] : namesNone(target, name, unclear),
    ),
  ];
}

function namesNone(target: string, name: string, { among, dimension }: Unclear): Finding {
  return find(
    'alarm-unclear',
    `Alarm ${name} watches ${among} together and names none of them, so it starts no rollback.`,
    `Tag it with lastgood:target = ${target}, or give its metrics the dimension ${dimension}.`,
  );
}

function tooMany(count: number): Finding {
  return find(
    'not-read',
    `Only ${count} alarms of the account were read, and not all of this target are among them.`,
    'Delete alarms that no one needs, or look whether each alarm of this target exists and names it.',
  );
}

function none(target: string): Finding {
  return find(
    'no-alarm',
    `No alarm names ${target}, so only people and tools start its rollbacks.`,
    `Tag an alarm with lastgood:target = ${target}.`,
  );
}

function missing(name: string): Finding {
  return find(
    'alarm-missing',
    `Alarm ${name} does not exist, and a rollback needs it to be OK.`,
    'Create it again, or take its name out of lastgood:alarms and of the deployment settings.',
  );
}

function ofAlarm(target: string, { name, state, areActionsEnabled, missingData, targets }: DescribedAlarm) {
  const found: Finding[] = [];
  if (state === 'ALARM')
    found.push(
      find(
        'alarm-red',
        `Alarm ${name} is red now, so it cannot turn for a bad release, and no rollback could be proven.`,
        'Find out why it is red, or correct its threshold.',
      ),
    );
  if (state === 'INSUFFICIENT_DATA' && (missingData ?? 'missing') === 'missing')
    found.push(
      find(
        'alarm-no-data',
        `Alarm ${name} has no data, and does not say what missing data means.`,
        'Set TreatMissingData to notBreaching if silence is well, else to breaching.',
      ),
    );
  if (!areActionsEnabled)
    found.push(
      find(
        'alarm-actions-off',
        `The actions of alarm ${name} are switched off.`,
        `Switch them on: aws cloudwatch enable-alarm-actions --alarm-names ${name}.`,
      ),
    );
  if (targets.length > 0 && !targets.includes(target))
    found.push(
      find(
        'alarm-of-another',
        `Alarm ${name} watches ${target}, and starts rollbacks of ${targets.join(' and ')}.`,
        `Add ${target} to its tag lastgood:target, or watch with an alarm of its own.`,
      ),
    );
  return found;
}
