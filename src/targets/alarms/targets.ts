import { rejected } from '../answer.ts';
import { kinds } from '../kinds.ts';
import { TARGET_TAG } from '../tag.ts';
import { problemOfTarget, writeTarget } from '../target.ts';
import { sortWords, type Named } from '../words.ts';
import type { Alarm } from './alarm.ts';

/** The targets that an alarm is about. */
export interface Targets extends Named {
  /** False: the alarm is about all of them, and does not say which one hurts. */
  readonly isMeant: boolean;
}

/**
 * Finds the targets of an alarm: by its own tag, else by its metrics' dimensions. If those name no target, the caller passes
 * the tags of the target groups or load balancers that it watches.
 * @param tag of the alarm, if it has one
 * @param behind the tags of the target groups or load balancers that it watches
 * @param found the targets that were looked up by its dimensions
 */
export function targetsOf(
  alarm: Alarm,
  tag: string | undefined,
  behind: readonly string[],
  found: readonly string[] = [],
): Targets {
  if (tag !== undefined) return { ...narrowed(namedBy(tag, alarm), alarm), isMeant: true };
  const texts = [...new Set(behind)];
  if (texts.length === 0) {
    const targets = [...new Set([...targetsOfMetrics(alarm), ...found])];
    return { targets, wrong: [], isMeant: targets.length < 2 };
  }
  const all = texts.map((text) => namedBy(text, alarm));
  return {
    targets: [...new Set(all.flatMap(({ targets }) => targets))],
    wrong: all.flatMap(({ wrong }) => wrong),
    isMeant: texts.length === 1,
  };
}

function namedBy(tag: string, { arn }: Pick<Alarm, 'arn'>): Named {
  const field = `tag ${TARGET_TAG}`;
  const words = tag.split(' ').filter((word) => word !== '');
  if (words.length === 0) return { targets: [], wrong: [rejected(field, 'must name a target')] };
  return sortWords(words.map((word) => ({ field, target: fromArn(word, arn) })));
}

/** Returns the target that an ARN names in the account and Region of the alarm, or the word as it is. */
function fromArn(word: string, alarm: string | null): string {
  if (alarm === null || !isBeside(word, alarm)) return word;
  const [target = word] = kinds.flatMap((kind) => {
    const name = kind.fromArn(word);
    return name === null ? [] : [writeTarget({ kind: kind.name, name })];
  });
  return target;
}

/** Says whether an ARN has the partition, Region and account of another. Those of API Gateway have no account. */
function isBeside(arn: string, other: string): boolean {
  const [prefix, partition, , region, account] = arn.split(':');
  const [, itsPartition, , itsRegion, itsAccount] = other.split(':');
  const isOfAccount = account === '' || account === itsAccount;
  return prefix === 'arn' && partition === itsPartition && region === itsRegion && isOfAccount;
}

/** Narrows the targets of the tag to the one that the time series names, if its attributes name one of them. */
function narrowed(named: Named, alarm: Alarm): Named {
  if (alarm.contributor === undefined) return named;
  const own = targetsOfMetrics(alarm).filter((target) => named.targets.includes(target));
  return own.length === 0 ? named : { ...named, targets: own };
}

/** Returns the targets that the dimensions of an alarm's metrics name. */
export function targetsOfMetrics({ dimensions }: Pick<Alarm, 'dimensions'>): readonly string[] {
  const found = dimensions.flatMap((of) =>
    kinds.map((kind) => [kind.name, kind.fromDimensions(of)] as const),
  );
  const targets = found.flatMap(([kind, name]) => (name === null ? [] : [`${kind}:${name}`]));
  return [...new Set(targets)].filter((target) => problemOfTarget(target) === null);
}
