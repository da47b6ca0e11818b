import { readCaughtError } from '../rollback/caught-error.ts';
import type { Plan } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { estimateFrom } from './estimate.ts';
import { MAX_PAST, type Checking, type Kept, type Past, type Way } from './document.ts';
import { findIn, type Finding } from './finding.ts';
import type { Measurement } from './measurement.ts';
import { SHARED } from './ids/shared.ts';
import { readyWith, scoreOf, trendOf, worstFirst } from './score.ts';
import { ofPlan } from './shared/of-plan.ts';

const find = findIn(SHARED);

/** Everything that a check is weighed from. */
export interface Weighing {
  readonly checking: Checking;
  /** ARN of the execution. */
  readonly execution: string;
  /** The last check that is stored. It may be this one, where a retry weighs again. */
  readonly stored: Kept | null;
  /** The target's rollbacks that were measured, newest first. */
  readonly measurements: readonly Measurement[];
  /** The findings that the function readiness read. */
  readonly shared: readonly Finding[];
  readonly now: Instant;
}

/** Weighs a check. */
export function weigh({ checking, execution, stored, measurements, shared, now }: Weighing): Kept {
  const plan = checking.planned?.is;
  const findings = worstFirst([
    ...unchecked(checking),
    ...(plan === undefined ? [] : ofPlan(checking.request.target, plan)),
    ...(checking.examined?.is.findings ?? []),
    ...shared,
  ]);
  const way = plan === undefined ? null : wayOf(plan);
  const past = pastOf(stored, execution);
  // Without a plan nothing was looked at, so that no finding is no merit.
  const is = { ready: readyWith(findings), score: plan === undefined ? 0 : scoreOf(findings) };
  return {
    target: checking.request.target,
    at: now,
    ...is,
    way,
    estimate: estimateFrom(measurements, plan?.recent ?? [], way?.rung),
    trend: trendOf(is, past[0] ?? null),
    findings,
    execution,
    past,
  };
}

/** Returns the checks before this one, newest first. */
function pastOf(stored: Kept | null, execution: string): readonly Past[] {
  if (stored === null) return [];
  if (stored.execution === execution) return stored.past;
  const { at, ready, score } = stored;
  return [{ at, ready, score }, ...stored.past].slice(0, MAX_PAST);
}

function wayOf(plan: Plan): Way | null {
  if (!('to' in plan)) return null;
  const [{ name, does }] = plan.rungs;
  return { rung: name, does, from: plan.from.name, to: plan.to.name };
}

/** Errors of a plan that say that a rollback could not begin. After any other, nothing is known. */
const REFUSALS = ['UnsupportedTarget', 'InvalidTag', 'InvalidRequest', 'DocumentTooLarge'];

function unchecked({ planned, examined, error }: Checking): readonly Finding[] {
  if (planned !== undefined && examined !== undefined) return [];
  const { name, says } = error === undefined ? { name: 'Error', says: 'no answer' } : readCaughtError(error);
  if (planned === undefined && REFUSALS.includes(name))
    return [find('no-way-back', `A rollback could not begin: ${name}: ${says}.`, cureOf(name))];
  const what = planned === undefined ? 'No plan could be made' : 'The target could not be examined';
  const cure = 'Read the history of the execution, then check again.';
  return [find('not-checked', `${what}: ${name}: ${says}.`, cure)];
}

function cureOf(name: string): string {
  return name === 'UnsupportedTarget'
    ? 'None is needed where the target was deleted: it is not checked again. Otherwise use its own tools.'
    : 'Correct what the reason names.';
}
