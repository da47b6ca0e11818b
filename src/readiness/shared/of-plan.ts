import type { Plan } from '../../rollback/plan.ts';
import { unreadTags } from '../../rollback/near-miss.ts';
import { readSettings } from '../../rollback/settings.ts';
import { stackOf } from '../../rollback/stack.ts';
import { findIn, type Finding } from '../finding.ts';
import { SHARED } from '../ids/shared.ts';

const find = findIn(SHARED);

/** Returns the findings that a plan shows, whatever the kind. */
export function ofPlan(target: string, plan: Plan): readonly Finding[] {
  return [...optIn(target, plan), ...unread(plan), ...wayBack(plan), ...ownedBy(target, plan)];
}

function optIn(target: string, { tags }: Plan): readonly Finding[] {
  const { mode } = readSettings(tags);
  if (mode === 'auto' || mode === 'approve') return [];
  const says =
    mode === 'observe'
      ? `${target} is tagged lastgood=observe, so a rollback would change nothing.`
      : `${target} has no tag lastgood, so a rollback may change nothing.`;
  return [find('not-opted-in', says, 'Tag the resource lastgood=approve or lastgood=auto.')];
}

function unread({ tags }: Plan): readonly Finding[] {
  return unreadTags(tags).map(({ key, meant }) =>
    find(
      'tag-not-read',
      `Lastgood does not read the tag ${key}: AWS compares the keys of tags by case, and keeps spaces.`,
      meant === undefined ? 'Take it away, or correct its key.' : `Name it ${meant}.`,
    ),
  );
}

function wayBack(plan: Plan): readonly Finding[] {
  if (plan.state === 'no-way-back')
    return [
      find(
        'no-way-back',
        `There is no way back now: ${plan.reason}.`,
        'Let a release complete and stay quiet through its soak; it is the way back of the next one.',
      ),
    ];
  if (!('to' in plan) || plan.source !== 'deployments') return [];
  return [
    find(
      'not-proven',
      `${plan.to.name}, to which a rollback would go back, was never proven.`,
      'Let the release that runs now stay quiet through its soak: it is the way back of the next one.',
    ),
  ];
}

/**
 * A stack does not know of a rollback. A change set that is aware of drift undoes it. After a way back the resource has
 * drifted from the template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
function ownedBy(target: string, { tags, recent = [] }: Plan): readonly Finding[] {
  const stack = stackOf(target, tags);
  if (stack === undefined) return [];
  const undoes = 'its next update of this resource, or one that reverts drift, would undo';
  const newest = recent.find(({ state }) => state === 'completed');
  if (newest?.isRollback === true)
    return [
      find(
        'stack-would-undo',
        `Stack ${stack} owns ${target}, which a rollback brought back to ${newest.revision.name}: ${undoes} that.`,
        `Set ${newest.revision.name}, or the fix, in the template, unless it is there already; until then run no cdk deploy --revert-drift and no change set with REVERT_DRIFT.`,
      ),
    ];
  return [
    find(
      'stack-would-undo',
      `Stack ${stack} owns ${target}: ${undoes} a rollback.`,
      'After a rollback, set the revision in the template first; until then run no cdk deploy --revert-drift and no change set with REVERT_DRIFT.',
    ),
  ];
}
