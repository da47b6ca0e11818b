import type { Revision } from '../../../src/rollback/plan.ts';
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
export function afterwards({ name, tags }: Stack, { ran, undone, good }: Known): string {
  const by = tags[PIPELINE_TAG];
  const runs = ran === undefined ? 'the last update' : `the update to ${ran.name}`;
  const what = undone === null ? runs : `CloudFormation has rolled ${undone.name} back already: ${runs}`;
  const how =
    by === undefined
      ? `deploy the last good template and parameters again, or name what deploys ${name} in its tag ${PIPELINE_TAG}`
      : `run ${by} with the last good commit`;
  const last = good === null ? '' : `. The last good update was ${good.name}`;
  return `${what} is complete, and CloudFormation keeps no earlier template to go back to: ${how}${last}`;
}
