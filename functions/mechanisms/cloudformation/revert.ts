import { isNamed } from '../../../src/aws/errors.ts';
import type { OnRung } from '../../../src/rollback/document.ts';
import { Unavailable } from '../../../src/rollback/errors.ts';
import type { Mechanism, RevertResult } from '../../../src/rollback/mechanism.ts';
import { tokenOf } from '../../../src/targets/kinds/cloudformation/token.ts';
import type { CloudFormation, Stack } from './cloudformation.ts';
import type { Memo } from './memo.ts';
import type { Operation } from './operations.ts';
import { revisionOf } from './revision.ts';
import { CANCEL, CONTINUE, NATIVE, ROLL_BACK, type Way } from './rungs.ts';
import { standingOf } from './standing.ts';

interface Clients {
  readonly cloudformation: CloudFormation;
}

/** The status in which CloudFormation takes the request of a rung. */
const NEEDS: Readonly<Record<string, string>> = {
  [CANCEL]: 'UPDATE_IN_PROGRESS',
  [ROLL_BACK]: 'UPDATE_FAILED',
  [CONTINUE]: 'UPDATE_ROLLBACK_FAILED',
};

const BACK = [
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
];

/**
 * Requests the way back of the current rung, if the update of the plan is still the newest and its status takes the
 * request. The token makes a retry the same request.
 */
export function revertWith({ cloudformation }: Clients): Mechanism<Memo>['revert'] {
  return async (rollback) => {
    const rung = rollback.plan.rungs[rollback.rung]?.name as Way;
    const before = await look(cloudformation, rollback);
    if ('answer' in before) return before.answer;
    const standing = asItStands(before, rollback, rung);
    if (standing !== null) return standing;
    const refused = await request(cloudformation, rollback, rung);
    const after = await look(cloudformation, rollback);
    if ('answer' in after) return after.answer;
    return afterRequest(after, refused, rollback, rung);
  };
}

interface Seen {
  readonly stack: Stack;
  readonly newest: Operation | null;
}

async function look(
  cloudformation: CloudFormation,
  { plan, request: { target } }: OnRung<Memo>,
): Promise<Seen | { readonly answer: RevertResult }> {
  const found = await standingOf(cloudformation, plan.memo, true);
  if (found.state === 'gone') return { answer: failed(`${target} is gone, or is being deleted`) };
  if (found.state === 'same') return found;
  const { name } = revisionOf(target.slice(target.indexOf(':') + 1), found.operation);
  return { answer: failed(`a newer update took over: ${name}`) };
}

/** Returns the answer without a request. Null: the request of the rung is due. */
function asItStands({ stack, newest }: Seen, rollback: OnRung<Memo>, rung: Way): RevertResult | null {
  const deployment = rollback.plan.from.id;
  const token = tokenOf(rollback.execution, rung);
  const isOurs = newest?.rollbacks.includes(token) === true;
  if (BACK.includes(stack.status)) return { state: isOurs ? 'started' : 'joined', deployment };
  if (isOurs) return failed(`CloudFormation could not roll ${stack.name} back: ${stack.reason.trim()}`);
  if (rung !== NATIVE && stack.status === NEEDS[rung]) return null;
  return failed(whyNot(stack, rung));
}

function whyNot({ name, status, reason }: Stack, rung: Way): string {
  if (status === 'UPDATE_ROLLBACK_FAILED') return `the rollback of ${name} failed: ${reason.trim()}`;
  if (status.startsWith('UPDATE_COMPLETE'))
    return `the update of ${name} completed before it could be rolled back, and CloudFormation keeps no earlier template`;
  return `${name} is ${status}, in which ${rung} is not possible`;
}

/** Makes the request. Returns why CloudFormation refused it; null: it did not, or the request was made before. */
async function request(
  cloudformation: CloudFormation,
  rollback: OnRung<Memo>,
  rung: Way,
): Promise<string | null> {
  const { stackId } = rollback.plan.memo;
  const token = tokenOf(rollback.execution, rung);
  try {
    if (rung === CANCEL) await cloudformation.cancel(stackId, token);
    else if (rung === ROLL_BACK) await cloudformation.rollBack(stackId, token);
    else await cloudformation.carryOn(stackId, token);
    return null;
  } catch (error) {
    if (isNamed(error, 'TokenAlreadyExistsException')) return null;
    // CloudFormation models no error for a wrong status. The status decides, never the message.
    if (isNamed(error, 'ValidationError')) return error.message;
    throw error;
  }
}

function afterRequest(
  { stack, newest }: Seen,
  refused: string | null,
  rollback: OnRung<Memo>,
  rung: Way,
): RevertResult {
  const deployment = rollback.plan.from.id;
  if (refused === null) return { state: 'started', deployment };
  if (stack.status !== NEEDS[rung])
    return asItStands({ stack, newest }, rollback, rung) ?? failed(whyNot(stack, rung));
  if (newest === null) throw new Unavailable(`CloudFormation refused ${rung}: ${refused}`);
  return failed(`CloudFormation refused ${rung}: ${refused}`);
}

function failed(reason: string): RevertResult {
  return { state: 'failed', reason };
}
