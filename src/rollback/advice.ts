import { isSilence } from './approval.ts';
import { revisionAtFault } from './at-fault.ts';
import { readCaughtError } from './caught-error.ts';
import type { Rollback, Slices } from './document.ts';
import type { Health } from './health.ts';
import type { OutcomeState } from './outcome.ts';

/** What a person should do next, in order; empty when there is nothing to do. */
export function adviceAfter(state: OutcomeState, rollback: Partial<Rollback>): readonly string[] {
  switch (state) {
    case 'rolled-back':
      return [...keepItBack(rollback), ...askFirst(rollback, state), ...proveMore(rollback.health)];
    case 'skipped':
      return [...afterSkipping(rollback), ...askFirst(rollback, state)];
    case 'failed-clean':
      return afterFailingClean(rollback);
    case 'failed-dirty':
      return [...lookFirst(rollback), ...keepItBack(rollback)];
  }
}

/** CloudFormation tags what it has made. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const STACK_TAG = 'aws:cloudformation:stack-name';

/** Going back in AWS does not go back in Terraform, CloudFormation or a pipeline: the next run there goes forward again. */
function keepItBack({ plan }: Slices): readonly string[] {
  if (plan === undefined || !('from' in plan)) return [];
  const { from, to, tags } = plan;
  const stack = tags[STACK_TAG];
  return [
    stack === undefined ? nextApply(from.name, to.name) : nextUpdate(stack, from.name, to.name),
    `Deploy the fix as a new revision; it is not held up.`,
  ];
}

/** Terraform compares its code with what runs. */
function nextApply(from: string, to: string): string {
  return `Your infrastructure code and pipeline still say ${from}: the next terraform apply or pipeline run would deploy it again. Set it to ${to} there before that, or leave the revision out of what Terraform compares (ignore_changes).`;
}

/** CloudFormation compares its new template with its old one, and not with what runs. */
function nextUpdate(stack: string, from: string, to: string): string {
  return `The template of stack ${stack} still says ${from}: an update that leaves this resource alone keeps the rollback, and the first one that changes it would deploy what the template says then. Set it to ${to} there before that.`;
}

/** The revision that is condemned by this outcome. */
function askFirst(rollback: Partial<Rollback>, state: OutcomeState): readonly string[] {
  const revision = revisionAtFault(rollback, state);
  if (revision === null) return [];
  return [
    `Let pipelines ask before they deploy (npx --no-install lastgood check): they are told not to deploy ${revision.name}.`,
  ];
}

/** The sign of the way back itself is always there; where it is the only one, the proof is thin. */
function proveMore(health: Health | undefined): readonly string[] {
  if (health === undefined || health.signs.length > 1) return [];
  return [
    'Only the deployment itself was looked at. Name an alarm (lastgood:alarms) or a URL (lastgood:probe) in the tags of the target, so that the next rollback is proven by more.',
  ];
}

function afterSkipping({ verdict, approval }: Slices): readonly string[] {
  if (verdict?.verdict === 'observe')
    return ['Tag the target lastgood=approve or lastgood=auto to let Lastgood act.'];
  if (verdict?.verdict === 'ask' && isSilence(approval))
    return ['Decide whether to go back, and ask again if so.'];
  return [];
}

const BY_ERROR: Readonly<Record<string, string>> = {
  InvalidRequest: 'Correct the field named in the reason and ask again.',
  InvalidTag: 'Correct the tag named in the reason: until then this target cannot be rolled back.',
  InvalidDocument:
    'Look at the history of the execution, which may have begun under another version of Lastgood.',
  UnsupportedTarget: 'Go back by the means of the target itself: Lastgood cannot.',
  NotPermitted:
    'Allow the call named in the reason: the target needs its tag, and the stack its latest version.',
  Throttled: 'AWS refused calls for their rate all along: ask again, or go back by hand.',
  Unavailable: 'AWS did not answer: look at the AWS Health Dashboard, then ask again or go back by hand.',
};

function afterFailingClean({ error }: Slices): readonly string[] {
  const known = error === undefined ? undefined : BY_ERROR[readCaughtError(error).name];
  return [
    ...(known === undefined ? [] : [known]),
    'What was running before still runs: if it hurts, go back by hand.',
  ];
}

function lookFirst(rollback: Slices): readonly string[] {
  const { plan, stopped, settled } = rollback;
  const wanted = plan !== undefined && 'to' in plan ? ` It should be ${plan.to.name}.` : '';
  const look = `Look now at what runs and what is rolling out.${wanted}`;
  if (settled?.state === 'overtaken')
    return [look, `Make sure that whoever deployed ${settled.by} meant to: it was let through.`];
  if (stopped?.state === 'stopped')
    return [look, 'The rollout was stopped where it was: old and new may be running side by side.'];
  return [look];
}
