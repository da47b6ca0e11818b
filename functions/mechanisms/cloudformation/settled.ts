import { gone } from '../../../src/rollback/gone.ts';
import type { Mechanism, Poll } from '../../../src/rollback/mechanism.ts';
import { nameOf } from '../../../src/targets/kinds/cloudformation/target.ts';
import type { CloudFormation, Stack } from './cloudformation.ts';
import type { Memo } from './memo.ts';
import { revisionOf } from './revision.ts';
import { standingOf } from './standing.ts';

/** Polls the status of the stack. */
export function settledWith({
  cloudformation,
}: {
  readonly cloudformation: Pick<CloudFormation, 'stack' | 'events'>;
}): Mechanism<Memo>['settled'] {
  return async ({ request: { target }, plan }) => {
    const found = await standingOf(cloudformation, plan.memo, false);
    if (found.state === 'gone') return gone(`${target} is gone, or is being deleted`);
    if (found.state === 'same') return pollOf(found.stack, plan.to.name);
    const { name } = revisionOf(nameOf(target), found.operation);
    return { state: 'overtaken', by: name, reason: `a newer update of ${nameOf(target)} began: ${name}` };
  };
}

function pollOf({ name, status, reason }: Stack, to: string): Poll {
  switch (status) {
    case 'UPDATE_ROLLBACK_COMPLETE':
      return { state: 'settled', summary: `CloudFormation rolled ${name} back to ${to}` };
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return {
        state: 'settled',
        summary: `CloudFormation rolled ${name} back to ${to}, and deletes what was new`,
      };
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return { state: 'pending', summary: `CloudFormation rolls ${name} back to ${to}` };
    case 'UPDATE_IN_PROGRESS':
    case 'UPDATE_FAILED':
      return { state: 'pending', summary: `CloudFormation still shows ${name} as ${status}` };
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        state: 'failed',
        reason: `the rollback of ${name} failed: ${reason.trim()}`,
        cure: `Correct the resource that failed, then run aws cloudformation continue-update-rollback --stack-name ${name}.`,
      };
    default:
      return { state: 'failed', reason: `${name} is ${status}, and CloudFormation does not roll it back` };
  }
}
