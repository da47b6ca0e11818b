import type { Rollback } from './document.ts';
import type { Plan } from './plan.ts';
import { stackOf } from './stack.ts';

/**
 * Keeps the next run of Terraform, CloudFormation or a pipeline from deploying forward again. They do not know of a
 * rollback in AWS.
 */
export function keepItBack(rollback: Partial<Rollback>): readonly string[] {
  const { plan, request } = rollback;
  if (plan === undefined || request === undefined || !('from' in plan)) return [];
  const { from, to, tags } = plan;
  if (rollback.verdict?.afterRehearsal) return [namesAnother('A rehearsal', from.name, to.name)];
  const stack = stackOf(request.target, tags);
  return [stillNames(plan, stack), `Deploy the fix as a new revision. Lastgood does not block it.`];
}

type WithWay = Extract<Plan, { from: unknown }>;

function stillNames({ from, to, recent = [] }: WithWay, stack: string | undefined): string {
  const brought = recent.find(({ revision }) => revision.id === from.id);
  if (brought?.isRollback === true) return namesAnother('A rollback', from.name, to.name);
  return stack === undefined ? nextApply(from.name, to.name) : nextUpdate(stack, from.name, to.name);
}

/** Advises where code and pipeline did not bring what the rollback went back from. */
function namesAnother(brought: string, from: string, to: string): string {
  return `${brought} brought ${from}, so your infrastructure code and pipeline name another revision, which the next terraform apply or pipeline run would deploy. Check that it is ${to}.`;
}

/** Advises for Terraform, which compares its code with the running resource. */
function nextApply(from: string, to: string): string {
  return `Your infrastructure code and pipeline still name ${from}. The next terraform apply or pipeline run would deploy it again. Set it to ${to} there first, or exclude the revision from the comparison of Terraform (ignore_changes).`;
}

/**
 * Advises for CloudFormation, which compares its new template with its old one, and not with the running resource. Only a
 * change set that is aware of drift does.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
function nextUpdate(stack: string, from: string, to: string): string {
  return `The template of stack ${stack} still names ${from}. An update that leaves this resource alone keeps the rollback; the first update that changes it, or that reverts drift (REVERT_DRIFT, cdk deploy --revert-drift), would deploy the revision of the template. Set it to ${to} there first.`;
}
