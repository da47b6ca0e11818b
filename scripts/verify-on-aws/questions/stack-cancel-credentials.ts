import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { readStack } from './updated-stack.ts';

/** A cancelled update goes on with the credentials of the update, not with those of the one who cancels. */
export const stackCancelCredentials: Question = {
  id: 'stack-cancel-credentials',
  part: 'stack-update',
  looksAt: "the rollback of a stack without a service role, after Lastgood's CancelUpdateStack",
  assumed: "it succeeds, although Lastgood's role may not change the stack's resources",
  answer: async (shown) => {
    const { plan, reverted } = shown.course.execution?.document ?? {};
    const rung =
      plan !== undefined && 'rungs' in plan && reverted !== undefined ? plan.rungs[reverted.rung] : undefined;
    if (rung?.name !== 'cancel-update') return notSeen('Lastgood did not cancel the update');
    const { StackStatus: status = '', StackStatusReason: reason = '', RoleARN } = await readStack(shown);
    if (RoleARN !== undefined) return notSeen(`the stack has the service role ${RoleARN}`);
    const found = reason === '' ? status : `${status}: ${reason.trim()}`;
    if (status === 'UPDATE_ROLLBACK_COMPLETE') return asAssumed(found);
    return status === 'UPDATE_ROLLBACK_FAILED' ? otherwise(found) : notSeen(found);
  },
};
