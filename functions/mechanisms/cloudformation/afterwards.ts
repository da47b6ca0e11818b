import type { Revision } from '../../../src/rollback/plan.ts';
import type { Stack } from './cloudformation.ts';
import { PIPELINE_TAG } from './owner.ts';

/** Returns what a person does after an update has completed: no call of CloudFormation goes back from there. */
export function afterwards({ name, tags }: Stack, ran: Revision | undefined, good: Revision | null): string {
  const by = tags[PIPELINE_TAG];
  const what = ran === undefined ? 'the last update' : `the update to ${ran.name}`;
  const how =
    by === undefined
      ? `deploy the last good template and parameters again, or name what deploys ${name} in its tag ${PIPELINE_TAG}`
      : `run ${by} with the last good commit`;
  const last = good === null ? '' : `. The last good update was ${good.name}`;
  return `${what} is complete, and CloudFormation keeps no earlier template to go back to: ${how}${last}`;
}
