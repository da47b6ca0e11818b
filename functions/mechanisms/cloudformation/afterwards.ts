import type { Course } from '../../../src/rollback/course.ts';
import { noWayPast } from '../../../src/rollback/no-way-back.ts';
import type { NoWayBack, Revision } from '../../../src/rollback/plan.ts';
import type { Stack } from './cloudformation.ts';
import { PIPELINE_TAG } from './owner.ts';

interface Known {
  /** What runs. */
  readonly ran: Revision | undefined;
  /** The newest update, if CloudFormation has rolled it back. */
  readonly undone: Revision | null;
  readonly good: Revision | null;
}

/** Returns what a person does while no update runs: no call of CloudFormation goes back from there. */
export function afterwards(stack: Stack, { ran, undone, good }: Known): string {
  const runs = ran === undefined ? 'the last update' : `the update to ${ran.name}`;
  const what = undone === null ? runs : `CloudFormation has rolled ${undone.name} back already: ${runs}`;
  return `${what} is complete, and CloudFormation keeps no earlier template to go back to: ${deployAgain(stack, good)}`;
}

/**
 * Returns the plan where another update followed the suspect. CloudFormation goes back by one update only, so the way back
 * from that one would lead to the suspect. Null: none followed, or it deploys the same.
 */
export function replacedSince(
  { suspect, current, isSuperseded }: Course,
  stack: Stack,
  good: Revision | null,
): Pick<NoWayBack, 'state' | 'reason' | 'suspect'> | null {
  if (!isSuperseded || suspect === null || current === null) return null;
  if (current.content !== undefined && current.content === suspect.content) return null;
  const [{ name }, at] = [current.revision, suspect.revision.name];
  const gone = `${name} ${current.state === 'completed' ? 'replaced' : 'is replacing'} ${at}, which ran when the harm began`;
  const reason = `${gone}, and CloudFormation keeps nothing from before that: ${deployAgain(stack, good)}`;
  return noWayPast(suspect.revision, reason);
}

/** Says how a person puts an earlier template back. */
function deployAgain({ name, tags }: Stack, good: Revision | null): string {
  const by = tags[PIPELINE_TAG];
  const how =
    by === undefined
      ? `deploy the last good template and parameters again, or name what deploys ${name} in its tag ${PIPELINE_TAG}`
      : `run ${by} with the last good commit`;
  return good === null ? how : `${how}. The last good update was ${good.name}`;
}
