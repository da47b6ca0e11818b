import type { Tags } from '../../rollback/plan.ts';
import { rejected, type Accepted, type Rejected } from '../answer.ts';
import { nearTargetTag, TARGET_TAG } from '../tag.ts';
import type { Alarm, Dimensions } from './alarm.ts';
import { answerAlarm } from './answer.ts';
import { kinds } from '../kinds.ts';
import { balancersOf, othersOf } from './balancers.ts';
import { dimensionOf, listed } from './parts.ts';

/** Returns the aliases of an opted-in function as targets. Any other ARN has none. */
export type ReadAliases = (arn: string) => Promise<readonly string[]>;

/** Reads the tags that an event does not carry. */
export interface TagReaders {
  /** Returns the tags of an alarm. */
  readonly tagsOf: (arn: string) => Promise<Tags>;
  /** Returns the tags of target groups and load balancers, in the order of the ARNs. A deleted one has none. */
  readonly balancerTags: (arns: readonly string[]) => Promise<readonly Tags[]>;
  /**
   * Returns the targets that dimensions name in a way that only AWS can resolve, such as a stage by the name of its API.
   * Absent: none can be looked up.
   */
  readonly lookUp?: (dimensions: readonly Dimensions[]) => Promise<readonly string[]>;
  /** Lists the opted-in resources. Absent: an alarm on a service names none of its parts. */
  readonly optedIn?: () => Promise<readonly { readonly arn: string }[]>;
  /** Absent: an alarm on a whole function names no alias. */
  readonly aliasesOf?: ReadAliases;
}

/**
 * Returns the rollbacks that an alarm requests. An alarm without a target whose tag has a misspelt key is rejected: its owner
 * meant to name one.
 */
export async function answerWithTags(alarm: Alarm, readers: TagReaders): Promise<Accepted | Rejected> {
  const tags = await allTags(alarm, readers);
  const answer = await answerBeside(alarm, tags, readers);
  if (answer.kind === 'rejected' || answer.targets.length > 0) return answer;
  const near = nearTargetTag(tags ?? {});
  return near === null ? answer : rejected(`tag ${near}`, `must be spelled ${TARGET_TAG} to name a target`);
}

/**
 * Its own tag names the targets, else the dimensions of its metrics, at once or after a look-up, else the tag of the target
 * group, load balancer, service or function that it watches, else the only opted-in part of that service, or the only alias.
 */
async function answerBeside(
  alarm: Alarm,
  tags: Tags | null,
  readers: TagReaders,
): Promise<Accepted | Rejected> {
  if (alarm.onlyScales && tags?.[TARGET_TAG] === undefined) return ofScaling(alarm);
  const answer = answerAlarm(alarm, tags);
  if (answer.kind === 'rejected' || answer.targets.length > 0) return answer;
  const looked = (await readers.lookUp?.(alarm.dimensions)) ?? [];
  if (looked.length > 0) return answerAlarm(alarm, tags, { found: looked });
  const balancers = balancersOf(alarm);
  if (balancers.length === 0) return answer;
  const behind = nearest(balancers, await readers.balancerTags(balancers));
  if (behind.length > 0) return answerAlarm(alarm, tags, { behind });
  const others = othersOf(alarm);
  const found = await partsOf(others, readers);
  return found.length > 0 ? answerAlarm(alarm, tags, { found }) : onlyAliases(others, alarm, tags, readers);
}

/** An alarm on a whole of several parts does not say which of them hurts, and is rejected. */
async function onlyAliases(
  others: readonly string[],
  alarm: Alarm,
  tags: Tags | null,
  { aliasesOf }: Pick<TagReaders, 'aliasesOf'>,
): Promise<Accepted | Rejected> {
  const all = await Promise.all(others.map(async (arn) => (await aliasesOf?.(arn)) ?? []));
  const several = all.find(({ length }) => length > 1);
  if (several === undefined) return answerAlarm(alarm, tags, { found: all.flat() });
  const problem = `must name one of ${listed(several)}: alarm ${alarm.name} watches them together`;
  const dimensions = several.flatMap((target) => dimensionOf(target) ?? []).slice(0, 1);
  const or = dimensions.map((one) => `. Or give its metrics the dimension of one, such as ${one}`);
  return { ...rejected(`tag ${TARGET_TAG}`, [problem, ...or].join('')), isUnclear: true };
}

function ofScaling({ name }: Alarm): Accepted {
  const reason = `alarm ${name} only scales, and has no tag ${TARGET_TAG}: it shows load, and no harm`;
  return { kind: 'alarm', targets: [], requests: [], reason };
}

/** Returns the opted-in targets that are parts of a service. One is meant; of several, a person is asked. */
async function partsOf(
  services: readonly string[],
  { optedIn }: Pick<TagReaders, 'optedIn'>,
): Promise<readonly string[]> {
  if (services.length === 0 || optedIn === undefined) return [];
  const all = (await optedIn()).filter(({ arn }) => services.some((one) => arn.startsWith(`${one}/`)));
  return all.flatMap(({ arn }) =>
    kinds.flatMap((kind) => {
      const name = kind.fromArn(arn);
      return name === null ? [] : `${kind.name}:${name}`;
    }),
  );
}

/** Returns the tags of the target groups, or those of the load balancers if no target group has one. */
function nearest(balancers: readonly string[], tags: readonly Tags[]): readonly string[] {
  const says = (areGroups: boolean) =>
    balancers.flatMap((arn, at) => (isGroup(arn) === areGroups ? (tags[at]?.[TARGET_TAG] ?? []) : []));
  const ofGroups = says(true);
  return ofGroups.length > 0 ? ofGroups : says(false);
}

function isGroup(arn: string): boolean {
  return arn.includes(':targetgroup/');
}

/**
 * Returns the alarm's tags. Trusts the tags in the event only if TARGET_TAG is among them, because the alarm's owner
 * may filter them.
 */
async function allTags({ arn, tags }: Alarm, { tagsOf }: TagReaders): Promise<Tags | null> {
  return tags?.[TARGET_TAG] !== undefined || arn === null ? tags : tagsOf(arn);
}
