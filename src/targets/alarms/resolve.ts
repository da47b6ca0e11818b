import type { Tags } from '../../rollback/plan.ts';
import type { Accepted, Rejected } from '../answer.ts';
import { TARGET_TAG } from '../tag.ts';
import type { Alarm } from './alarm.ts';
import { answerAlarm } from './answer.ts';
import { balancersOf } from './balancers.ts';

/** Where tags are read when an event does not carry them. */
export interface TagReaders {
  /** The tags of the alarm with this ARN. */
  readonly tagsOf: (arn: string) => Promise<Tags>;
  /** The tags of target groups and load balancers, in the order asked for; those that are gone have none. */
  readonly balancerTags: (arns: readonly string[]) => Promise<readonly Tags[]>;
}

/**
 * What an alarm asks of us: by its own tag, then by the dimensions of its metrics, then by the tag of the target group or
 * load balancer that it watches, which says what stands behind it.
 */
export async function resolveAlarm(alarm: Alarm, readers: TagReaders): Promise<Accepted | Rejected> {
  const tags = await allTags(alarm, readers);
  const answer = answerAlarm(alarm, tags);
  const balancers = balancersOf(alarm);
  if (answer.kind === 'rejected' || answer.targets.length > 0 || balancers.length === 0) return answer;
  return answerAlarm(alarm, tags, nearest(balancers, await readers.balancerTags(balancers)));
}

/** What all the target groups say; where none says anything, what the load balancers do. */
function nearest(balancers: readonly string[], tags: readonly Tags[]): readonly string[] {
  const says = (areGroups: boolean) =>
    balancers.flatMap((arn, at) => (isGroup(arn) === areGroups ? (tags[at]?.[TARGET_TAG] ?? []) : []));
  const ofGroups = says(true);
  return ofGroups.length > 0 ? ofGroups : says(false);
}

function isGroup(arn: string): boolean {
  return arn.includes(':targetgroup/');
}

/** The event's own tags may be filtered by the alarm's owner, so only finding ours there spares the question. */
async function allTags({ arn, tags }: Alarm, { tagsOf }: TagReaders): Promise<Tags | null> {
  return tags?.[TARGET_TAG] !== undefined || arn === null ? tags : tagsOf(arn);
}
