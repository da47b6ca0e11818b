import type { Budget } from '../../../src/aws/budget.ts';
import { within } from '../../../src/aws/budget.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { nameOf, targetOf } from '../../../src/targets/kinds/cloudformation/target.ts';
import type { CloudFormation } from './cloudformation.ts';
import { contentOf } from './content.ts';
import { historyOf, newestOf } from './history.ts';
import type { Listed } from './list-stacks.ts';
import type { Operation } from './operations.ts';
import { revisionOf } from './revision.ts';
import { CHANGES } from './shares.ts';

/** Reports updates that ended this recently: a sweep may miss a few minutes, and a round may take some. */
const ENDED_WITHIN_SECONDS = 60 * 60;
/** An operator has already noticed an older failure, unless it came after the last sight. */
const FAILED_WITHIN_SECONDS = 10 * 60;

/** Returns what the list shows of a stack: events without a token name no update, and the sweep observes those. */
export function seenOf(unit: Unit, stack: Listed, cloudformation: CloudFormation, budget: Budget): Seen {
  return {
    unit,
    target: targetOf(stack.name),
    content: `${stack.status}@${stack.changedAt}`,
    observed: async (sight) => {
      const newest = await within(budget, CHANGES.quota, () => newestOf(cloudformation, stack.id));
      return newest === null ? [] : reportOf(targetOf(stack.name), newest, sight);
    },
  };
}

function reportOf(target: string, one: Operation, sight: Sight): readonly ObservedDeployment[] {
  const { id: deployment, state, endedAt, reason } = one;
  switch (state) {
    case 'completed':
      return endedAt !== null && secondsBetween(endedAt, sight.at) <= ENDED_WITHIN_SECONDS
        ? [{ target, deployment, state: 'completed', at: endedAt, reason: '' }]
        : [];
    case 'in-flight':
    case 'went-back':
      return [];
    default: {
      const at = endedAt ?? sight.at;
      const isNew = sight.before !== null && isAfter(at, sight.before);
      const isRecent = secondsBetween(at, sight.at) <= FAILED_WITHIN_SECONDS;
      return isNew || isRecent ? [{ target, deployment, state: 'failed', at, reason }] : [];
    }
  }
}

/** Reads a stack: whether a completed update still runs, and what it deployed. */
export async function deployed(
  cloudformation: CloudFormation,
  { target, deployment }: ObservedRevision,
): Promise<Deployed | null> {
  const stack = await cloudformation.stack(nameOf(target));
  if (stack === null || stack.root !== null) return null;
  const operations = await historyOf(cloudformation, stack.id);
  const at = operations.findIndex(({ id }) => id === deployment);
  if (operations[at]?.state !== 'completed') return null;
  const later = operations.slice(0, at);
  const { tags } = stack;
  const runs = readSettings(tags).mode === 'none' ? 'unclear' : runsAfter(later);
  const revision = revisionOf(stack.name, deployment);
  const content = runs === 'alone' ? contentOf(stack, await cloudformation.template(stack.id)) : undefined;
  return {
    revision: { ...revision, ...(content !== undefined && { content }) },
    runs,
    tags,
    alarms: stack.alarms,
  };
}

/** An update that went back leaves what ran before. One that is under way or stuck leaves it open. */
function runsAfter(later: readonly Operation[]): Deployed['runs'] {
  if (later.some(({ state }) => state === 'completed')) return 'gone';
  return later.every(({ state }) => state === 'went-back') ? 'alone' : 'unclear';
}
