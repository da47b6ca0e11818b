import { owningStack } from '../stack.ts';
import { secondsBetween } from '../time.ts';
import { ask, type Rule } from './rule.ts';

/** An older status is taken for a lost event: no operation of a stack that waits for a target lasts as long. */
const MAX_OPERATION_SECONDS = 86_400;

/**
 * The stack that has the target is being updated. CloudFormation waits for what it changed, so a rollback inside it makes
 * the update fail, and the stack rolls back too. Unknown: nothing speaks against going back.
 */
export const isOutsideUpdates: Rule = ({ facts: { request, plan, stack, takenUpAt } }) => {
  const name = owningStack(plan.tags);
  if (name === undefined || stack?.known !== true || stack.is === null) return null;
  const { status, at } = stack.is;
  if (!isUnderWay(status) || secondsBetween(at, takenUpAt) > MAX_OPERATION_SECONDS) return null;
  return ask(
    `The stack ${name}, which has ${request.target}, is ${status} since ${at}: going back inside it may make its update fail. To stop the update instead, roll back cloudformation:${name}`,
  );
};

/** While CloudFormation cleans up, all resources have their new settings, and it waits for none. */
function isUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && !status.endsWith('CLEANUP_IN_PROGRESS');
}
