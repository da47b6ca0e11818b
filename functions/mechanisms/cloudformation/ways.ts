import type { Stack } from './cloudformation.ts';
import type { Operation } from './operations.ts';
import { CANCEL, CONTINUE, NATIVE, ROLL_BACK, type Way } from './rungs.ts';

/** The ways back that a stack's status leaves, or why there is none. */
export type Ways = { readonly ways: readonly [Way, ...Way[]] } | { readonly refusal: string };

/**
 * Returns the ways back of the newest operation. RollbackStack and ContinueUpdateRollback are only used with the role
 * that the stack stores: without one, CloudFormation would need every permission of the stack's resources from Lastgood.
 */
export function waysOf(stack: Stack, newest: Operation): Ways {
  const { name, status, isExpress } = stack;
  if (isExpress && WRITABLE.includes(status))
    return refuse(`the update of ${name} runs in express mode, which CloudFormation does not roll back`);
  switch (status) {
    case 'UPDATE_IN_PROGRESS':
      return { ways: [CANCEL, ...continuing(stack, newest)] };
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return { ways: [NATIVE, ...continuing(stack, newest)] };
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return { ways: [NATIVE] };
    case 'UPDATE_FAILED':
      return withRole(stack, 'RollbackStack', [ROLL_BACK, ...continuing(stack, newest)]);
    case 'UPDATE_ROLLBACK_FAILED':
      return wasContinued(newest)
        ? refuse(failedAgain(stack))
        : withRole(stack, 'ContinueUpdateRollback', [CONTINUE]);
    default:
      return refuse(whyNot(stack));
  }
}

const WRITABLE = ['UPDATE_IN_PROGRESS', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED'];

/** One continuation is tried, of an operation that none was tried of. */
function continuing({ role }: Stack, newest: Operation): readonly Way[] {
  return role === null || wasContinued(newest) ? [] : [CONTINUE];
}

function wasContinued({ rollbacks }: Operation): boolean {
  return rollbacks.length > 1;
}

function withRole({ name, role }: Stack, operation: string, ways: readonly [Way, ...Way[]]): Ways {
  if (role !== null) return { ways };
  return refuse(
    `${name} stores no service role, so ${operation} would need every permission of its resources from Lastgood: a person with these must run it`,
  );
}

function failedAgain({ name, reason }: Stack): string {
  const why = reason === '' ? '' : ` (${reason.trim()})`;
  return `the rollback of ${name} failed again after it was continued${why}: a person must correct the resource, and continue it`;
}

/** Names the statuses from which no call goes back. */
function whyNot({ name, status }: Stack): string {
  switch (status) {
    case 'CREATE_IN_PROGRESS':
    case 'CREATE_FAILED':
    case 'ROLLBACK_IN_PROGRESS':
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
      return `${name} was never created completely (${status}), and a rollback would delete it`;
    case 'REVIEW_IN_PROGRESS':
      return `${name} has no resources yet: its first change set waits to be executed`;
    case 'DELETE_IN_PROGRESS':
    case 'DELETE_FAILED':
      return `${name} is being deleted (${status})`;
    default:
      return `CloudFormation has no way back from ${status}`;
  }
}

function refuse(refusal: string): Ways {
  return { refusal };
}

const AT_REST = [
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'IMPORT_COMPLETE'],
  'UPDATE_ROLLBACK_COMPLETE',
];

/** Says whether nothing is under way: the newest operation that completed is what runs. */
export function isAtRest({ status }: Stack): boolean {
  return AT_REST.includes(status);
}
