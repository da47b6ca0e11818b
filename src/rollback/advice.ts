import { isSilence } from './approval.ts';
import { revisionAtFault } from './at-fault.ts';
import { readCaughtError } from './caught-error.ts';
import type { Rollback, Slices } from './document.ts';
import { causeAdvice, companionAdvice, evidenceIn, stepAfter } from './evidence.ts';
import type { Health } from './health.ts';
import type { OutcomeState } from './outcome.ts';
import { rehearsalOf } from './request.ts';
import { stackOf } from './stack.ts';

/** Returns what an operator should do next, in order; empty when there is nothing to do. */
export function adviceAfter(state: OutcomeState, rollback: Partial<Rollback>): readonly string[] {
  const { request } = rollback;
  const rehearsal = rehearsalOf(request);
  if (request !== undefined && rehearsal !== null) return afterRehearsing(state, request.target, rollback);
  const evidence = evidenceIn(rollback.gathered);
  const found = [...companionAdvice(evidence), ...causeAdvice(evidence, nameAtFault(rollback))];
  switch (state) {
    case 'rolled-back':
      return [
        ...leftBehind(rollback),
        ...found,
        ...keepItBack(rollback),
        ...askFirst(rollback, state),
        ...proveMore(rollback.health),
      ];
    case 'skipped':
      return [...afterSkipping(rollback), ...askFirst(rollback, state)];
    case 'failed-clean':
      return afterFailingClean(rollback);
    case 'failed-dirty':
      return [...lookFirst(rollback), ...leftBehind(rollback), ...found, ...keepItBack(rollback)];
  }
}

/** Returns the name of the revision at fault. */
function nameAtFault({ plan }: Slices): string {
  return plan !== undefined && 'from' in plan ? (plan.suspect ?? plan.from).name : 'the revision at fault';
}

/** A rehearsal condemns nothing. Its way forward brings back what ran, unless something else was deployed since. */
function afterRehearsing(
  state: OutcomeState,
  target: string,
  rollback: Partial<Rollback>,
): readonly string[] {
  const isForward = rehearsalOf(rollback.request)?.way === 'forward';
  const forward = `npx --no-install lastgood rehearse ${target} --forward`;
  switch (state) {
    case 'rolled-back':
      return isForward ? proveMore(rollback.health) : [`Go forward again: ${forward}`];
    case 'skipped':
      return [];
    case 'failed-clean':
      return ['Nothing was changed. Correct the reason, then rehearse again: a rollback would fail as well.'];
    case 'failed-dirty':
      return rollback.settled?.state === 'overtaken'
        ? [...lookFirst(rollback), 'The rehearsal is over: it does not go forward over what was deployed.']
        : [...lookFirst(rollback), `Go forward${isForward ? ' once more' : ''}: ${forward}`];
  }
}

/**
 * Keeps the next run of Terraform, CloudFormation or a pipeline from deploying forward again. They do not know of a
 * rollback in AWS.
 */
function keepItBack({ plan, request }: Partial<Rollback>): readonly string[] {
  if (plan === undefined || request === undefined || !('from' in plan)) return [];
  const { from, to, tags } = plan;
  const stack = stackOf(request.target, tags);
  return [
    stack === undefined ? nextApply(from.name, to.name) : nextUpdate(stack, from.name, to.name),
    `Deploy the fix as a new revision. Lastgood does not block it.`,
  ];
}

/** Says what the way back could not restore. */
function leftBehind({ settled }: Slices): readonly string[] {
  return settled?.state === 'settled' && settled.leaves !== undefined
    ? [`${settled.leaves} Set them by hand if the service needs them.`]
    : [];
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

/** Names the revision that this outcome condemns. */
function askFirst(rollback: Partial<Rollback>, state: OutcomeState): readonly string[] {
  const revision = revisionAtFault(rollback, state);
  if (revision === null) return [];
  return [
    `Let pipelines check before they deploy (npx --no-install lastgood check). The check refuses ${revision.name}.`,
  ];
}

/**
 * Asks for more signs if the way back is the only one. Its sign is always there, and the proof is thin without others.
 */
function proveMore(health: Health | undefined): readonly string[] {
  if (health === undefined || health.signs.length > 1) return [];
  return [
    'The deployment is the only sign of health. Name an alarm (lastgood:alarms) or a URL (lastgood:probe) in the tags of the target, to prove the next rollback by more signs.',
  ];
}

function afterSkipping({ plan, verdict, approval }: Slices): readonly string[] {
  if (plan?.state === 'nothing-to-do' && plan.cause !== undefined)
    return stepAfter(plan.cause, plan.deployment?.revision.name ?? 'the running revision');
  if (verdict?.verdict === 'observe')
    return ['Tag the target lastgood=approve or lastgood=auto to let Lastgood act.'];
  if (verdict?.verdict === 'ask' && isSilence(approval))
    return ['Decide whether to go back. If so, ask for the rollback again.'];
  return [];
}

const BY_ERROR: Readonly<Record<string, string>> = {
  InvalidRequest: 'Correct the field that the reason names, then ask for the rollback again.',
  InvalidTag: 'Correct the tag that the reason names. Until then Lastgood cannot roll this target back.',
  InvalidDocument: 'Read the history of the execution. It may have begun under another version of Lastgood.',
  DocumentTooLarge: 'Roll the target back with its own tools. Its plan is too large for the workflow.',
  UnsupportedTarget: 'Roll the target back with its own tools, because Lastgood cannot.',
  NotPermitted:
    'Allow the call that the reason names. The target needs its tag, and the stack its latest version.',
  Throttled: 'AWS throttled every retry. Ask for the rollback again, or go back by hand.',
  Unavailable:
    'AWS did not answer. Read the AWS Health Dashboard, then ask for the rollback again or go back by hand.',
};

/** Resumes Lastgood before anything else, if its pause ended the rollback. */
const RESUME =
  'Resume Lastgood when you want it to act again (npx --no-install lastgood resume). Then ask for the rollback again.';

function afterFailingClean({ error, paused }: Slices): readonly string[] {
  const known = error === undefined ? undefined : BY_ERROR[readCaughtError(error).name];
  return [
    ...(paused?.state === 'over' ? [RESUME] : []),
    ...(known === undefined ? [] : [known]),
    'The revision that ran before still runs. If it hurts users, go back by hand.',
  ];
}

const LOOK = 'Check now which revision runs and which is rolling out.';

function lookFirst(rollback: Slices): readonly string[] {
  const { plan, stopped, settled, paused } = rollback;
  if (settled?.state === 'overtaken')
    return [LOOK, `Check that ${settled.by} was deployed on purpose. Lastgood leaves it as it is.`];
  const wanted = plan !== undefined && 'to' in plan ? ` ${plan.to.name} should run.` : '';
  const look = `${LOOK}${wanted}`;
  if (paused?.state === 'over') return [look, RESUME];
  if (stopped?.state === 'stopped')
    return [look, 'Lastgood stopped the rollout midway. Old and new may be running side by side.'];
  return [look];
}
