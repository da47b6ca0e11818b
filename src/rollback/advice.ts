import { isSilence } from './approval.ts';
import { nameAtFault, revisionAtFault } from './at-fault.ts';
import type { Rollback, Slices } from './document.ts';
import { causeAdvice, companionAdvice, evidenceIn, stepAfter } from './evidence.ts';
import { keepItBack } from './keep-back.ts';
import { hasNotHelped } from './health.ts';
import { adviceOn, cureFirst, lookElsewhere, lookFirst, proveMore, RESUME } from './next-steps.ts';
import type { OutcomeState } from './outcome.ts';
import { afterRehearsing } from './rehearsal-advice.ts';
import { rehearsalOf } from './request.ts';
import { alsoTakenBack } from './taken-back.ts';
import type { Changed } from './verdict.ts';

/** Returns what an operator should do next, in order; empty when there is nothing to do. */
export function adviceAfter(state: OutcomeState, rollback: Partial<Rollback>): readonly string[] {
  if (rehearsalOf(rollback.request) !== null) return afterRehearsing(state, rollback);
  const evidence = evidenceIn(rollback.gathered);
  const causes = causeAdvice(evidence, nameAtFault(rollback));
  const found = [...companionAdvice(evidence), ...causes];
  switch (state) {
    case 'rolled-back':
      return [
        ...leftBehind(rollback),
        ...tookBack(rollback),
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
      return isOvertaken(rollback) ? afterOvertaking(rollback, causes) : afterFailingDirty(rollback, found);
  }
}

function isOvertaken({ settled }: Slices): boolean {
  return settled?.state === 'overtaken';
}

function isGone({ settled }: Slices): boolean {
  return settled?.state === 'failed' && settled.isGone === true;
}

/** Lastgood creates nothing, so no advice is about a revision that runs or rolls out. */
function afterDeletion({ plan, request }: Partial<Rollback>): readonly string[] {
  const check = `Check who deleted ${request?.target ?? 'the target'}, and whether on purpose. Lastgood creates nothing.`;
  if (plan === undefined || !('to' in plan)) return [check];
  const { from, to } = plan;
  return [
    check,
    `If it should exist, create it again with ${to.name}. Your infrastructure code and pipeline may still name ${from.name}.`,
  ];
}

/** What took over may be the fix. No advice may undo it. */
function afterOvertaking(rollback: Slices, causes: readonly string[]): readonly string[] {
  return [...lookFirst(rollback), 'If users are still hurt, ask for the rollback again.', ...causes];
}

function afterFailingDirty(rollback: Partial<Rollback>, found: readonly string[]): readonly string[] {
  if (isGone(rollback)) return [...afterDeletion(rollback), ...found];
  return [
    ...lookFirst(rollback),
    ...cureFirst(rollback),
    ...leftBehind(rollback),
    ...found,
    ...(hasNotHelped(rollback.health) ? lookElsewhere(rollback) : keepItBack(rollback)),
  ];
}

/** Says what the way back could not restore. */
function leftBehind({ settled }: Slices): readonly string[] {
  return settled?.state === 'settled' && settled.leaves !== undefined
    ? [`${settled.leaves} Set them by hand if the service needs them.`]
    : [];
}

/** Names the releases that went with the one at fault. */
function tookBack({ plan }: Slices): readonly string[] {
  const taken = alsoTakenBack(plan);
  return taken === null ? [] : [`${taken}. Deploy again what is still needed.`];
}

/** Names the revision that this outcome condemns. */
function askFirst(rollback: Partial<Rollback>, state: OutcomeState): readonly string[] {
  const revision = revisionAtFault(rollback, state);
  if (revision === null) return [];
  return [
    `Let pipelines check before they deploy (npx --no-install lastgood check). The check refuses ${revision.name}.`,
  ];
}

function afterSkipping({ plan, verdict, approval }: Slices): readonly string[] {
  if (plan?.state === 'nothing-to-do' && plan.cause !== undefined)
    return stepAfter(plan.cause, plan.deployment?.revision.name ?? 'the running revision');
  if (plan?.state === 'nothing-to-do' && verdict?.change !== undefined) return [lookAtChange(verdict.change)];
  if (verdict?.verdict === 'observe')
    return ['Tag the target lastgood=approve or lastgood=auto to let Lastgood act.'];
  if (verdict?.verdict === 'ask' && isSilence(approval)) return afterSilence(plan);
  return [];
}

/** Review has looked at the target once more: there may be nothing left to decide. */
function afterSilence(plan: Slices['plan']): readonly string[] {
  if (plan?.state === 'nothing-to-do') return [];
  return plan?.state === 'no-way-back'
    ? ['Lastgood changed nothing. If users are still hurt, go back by hand.']
    : ['Decide whether to go back. If so, ask for the rollback again.'];
}

function lookAtChange({ subject, at }: Changed): string {
  return `Check ${subject}, which it reads. It was changed at ${at}, before the harm. Lastgood does not put it back.`;
}

function afterFailingClean(rollback: Partial<Rollback>): readonly string[] {
  return [
    ...(rollback.paused?.state === 'over' ? [RESUME] : []),
    ...adviceOn(rollback),
    'Lastgood changed nothing. If users are still hurt, ask for the rollback again or go back by hand.',
  ];
}
