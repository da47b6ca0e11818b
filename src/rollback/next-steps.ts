import { nameAtFault } from './at-fault.ts';
import { readCaughtError } from './caught-error.ts';
import type { Rollback, Slices } from './document.ts';
import { missingAlarms, type Health } from './health.ts';
import type { Request } from './request.ts';
import { alarmsNamedIn } from './settings.ts';

const LOOK = 'Check now which revision runs and which is rolling out.';

/** Returns what to look at after an end that is not in order. */
export function lookFirst({ plan, stopped, settled, paused }: Slices): readonly string[] {
  if (settled?.state === 'overtaken')
    return [LOOK, `Check that ${settled.by} was deployed on purpose. Lastgood leaves it as it is.`];
  const wanted = plan !== undefined && 'to' in plan ? ` ${plan.to.name} should run.` : '';
  const isMidway = stopped?.state === 'stopped' && paused?.state !== 'over';
  return [
    `${LOOK}${wanted}`,
    ...(paused?.state === 'over' ? [RESUME] : []),
    ...(isMidway ? ['Lastgood stopped the rollout midway. Old and new may be running side by side.'] : []),
  ];
}

/** Resumes Lastgood before anything else, if its pause ended the rollback. */
export const RESUME =
  'Resume Lastgood when you want it to act again (npx --no-install lastgood resume). Then ask for the rollback again.';

/** Returns what would stop the next rollback as well, and how to cure it. */
export function cureFirst(rollback: Partial<Rollback>): readonly string[] {
  return [...unblock(rollback), ...adviceOn(rollback), ...findAgain(rollback)];
}

/** Says what keeps the target from going anywhere, as far as the mechanism knows. */
function unblock({ settled }: Slices): readonly string[] {
  return settled?.state === 'failed' && settled.cure !== undefined ? [settled.cure] : [];
}

/** An alarm that does not exist proves nothing, for this rollback or for the next one. */
function findAgain({ health, plan }: Slices): readonly string[] {
  if (health?.state !== 'unproven') return [];
  const named = plan === undefined ? [] : alarmsNamedIn(plan.tags);
  return missingAlarms(health).map((alarm) =>
    named.includes(alarm)
      ? `Create alarm ${alarm} again, or take it out of the tags of the target. Otherwise the next rollback cannot be proven either.`
      : `Alarm ${alarm} was deleted. Create it again if it should still watch the target, and look at what it watched.`,
  );
}

/** Returns what to look at where going back has not helped. The revision is not condemned, so a person decides about it. */
export function lookElsewhere(rollback: Slices): readonly string[] {
  const { health } = rollback;
  const name = nameAtFault(rollback);
  const isWorse = health?.state === 'unproven' && health.harm?.is === 'worse';
  return [
    isWorse
      ? `Users were better off with ${name}. Lastgood does not deploy it again. Do so if it helps them.`
      : 'Look at what both revisions share: dependencies, load, data and parameters.',
    `If ${name} was at fault all the same, condemn it as the runbook says (docs/runbook.md).`,
  ];
}

/** Returns what to do about an error. Empty: nothing is known. */
export function adviceOn({ error, request }: Partial<Rollback>): readonly string[] {
  if (error === undefined) return [];
  const { name } = readCaughtError(error);
  const known = name === 'UnsupportedTarget' ? onTarget(request) : BY_ERROR[name];
  return known === undefined ? [] : [known];
}

/** Says where the name of a target comes from that is misspelt or gone. */
function onTarget(request: Request | undefined): string {
  return `Read the reason. If there is no such target, correct ${namedIn(request)}. If it exists, roll it back with its own tools, because Lastgood cannot.`;
}

function namedIn(request: Request | undefined): string {
  const trigger = request?.trigger;
  if (trigger?.type === 'alarm')
    return trigger.isTagged === true
      ? `the tag lastgood:target of alarm ${trigger.alarm}`
      : `what alarm ${trigger.alarm} watches`;
  if (trigger?.type === 'request' && trigger.automatic === true)
    return 'the label lastgood_target of the alert';
  return 'its name';
}

const BY_ERROR: Readonly<Record<string, string>> = {
  InvalidRequest: 'Correct the field that the reason names, then ask for the rollback again.',
  InvalidTag: 'Correct the tag that the reason names. Until then Lastgood cannot roll this target back.',
  InvalidDocument: 'Read the history of the execution. It may have begun under another version of Lastgood.',
  DocumentTooLarge: 'Roll the target back with its own tools. Its plan is too large for the workflow.',
  NotPermitted:
    'Allow the call that the reason names. The target needs its tag, and the stack its latest version. A policy of your organisation, a permissions boundary or a resource policy may deny it too.',
  Throttled: 'AWS throttled every retry. Ask for the rollback again, or go back by hand.',
  Unavailable:
    'AWS did not answer. Read the AWS Health Dashboard, then ask for the rollback again or go back by hand.',
};

/**
 * Asks for more signs if the way back is the only one. Its sign is always there, and the proof is thin without others.
 */
export function proveMore(health: Health | undefined): readonly string[] {
  if (health === undefined || health.signs.length > 1) return [];
  return [
    'The deployment is the only sign of health. Name an alarm (lastgood:alarms) or a URL (lastgood:probe) in the tags of the target, to prove the next rollback by more signs.',
  ];
}
