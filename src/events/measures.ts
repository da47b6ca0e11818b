import { isSilence, personsAnswer } from '../rollback/approval.ts';
import type { Approval, Rollback, Slices } from '../rollback/document.ts';
import { onsetFor } from '../rollback/onset.ts';
import type { Outcome } from '../rollback/outcome.ts';
import type { Instant } from '../rollback/request.ts';
import { secondsBetween } from '../rollback/time.ts';
import { leftOf } from './shapes.ts';

/**
 * Every metric of Lastgood, by name: its unit, and each set of dimensions under which it is published. A set with one
 * value each is one custom metric, and costs. So no dimension names a target or a revision: their number has no bound.
 */
export const MEASURES = {
  /** Ends of rollbacks. Without a kind for the alarm on dirty outcomes, which cannot add metrics up by a search. */
  Outcomes: { unit: 'Count', dimensions: [['outcome'], ['kind', 'outcome']] },
  /** Seconds from the onset of the harm, or from the trigger if the onset is not known, to the end of a phase. */
  PhaseSeconds: { unit: 'Seconds', dimensions: [['kind', 'phase']] },
  /** Ways back that brought the target back, and those that were given up. */
  RungsTaken: { unit: 'Count', dimensions: [['kind', 'rung']] },
  RungsLeft: { unit: 'Count', dimensions: [['kind', 'rung']] },
  /** Questions that were asked, by how the last one of a rollback ended. */
  Questions: { unit: 'Count', dimensions: [['answer']] },
  /** Triggers that found the target claimed by another rollback. */
  ClaimsRefused: { unit: 'Count', dimensions: [['kind']] },
  /** Failed calls of the guard and of mechanisms, without what they refuse (src/lambda/failures.ts). */
  Failures: { unit: 'Count', dimensions: [[], ['function']] },
  /** Accusations of lookouts, by the tag `lastgood:lookout`. */
  Accusations: { unit: 'Count', dimensions: [['kind', 'mode']] },
} as const;

export type MeasureName = keyof typeof MEASURES;

/**
 * `reaction`: from the trigger to the first write. The others from the onset: to the first write, to the first healthy
 * look of the proof, and to the proof.
 */
export type Phase = 'reaction' | 'first-write' | 'restored' | 'proven';

/** One measurement. `why` is only logged beside it. */
export interface Measure {
  readonly name: MeasureName;
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly why?: string;
}

function one(name: MeasureName, dimensions: Measure['dimensions'], value = 1): Measure {
  return { name, unit: MEASURES[name].unit, value, dimensions };
}

/** Returns the measurement of one accusation of a lookout. */
export function accusationOf(target: string, mode: 'act' | 'observe'): Measure {
  return one('Accusations', { kind: kindOf(target), mode });
}

function kindOf(target: string): string {
  return target.slice(0, target.indexOf(':'));
}

/** Returns the measurements of an outcome, and of the document if it is known. */
export function measuresOf(
  outcome: Pick<Outcome, 'state'>,
  target: string | undefined,
  rollback: Rollback | null = null,
): readonly Measure[] {
  const ends = [one('Outcomes', { outcome: outcome.state })];
  if (target === undefined) return ends;
  const kind = kindOf(target);
  return [
    ...ends,
    one('Outcomes', { kind, outcome: outcome.state }),
    ...(rollback === null ? [] : courseOf(kind, outcome, rollback)),
  ];
}

function courseOf(kind: string, { state }: Pick<Outcome, 'state'>, rollback: Rollback): readonly Measure[] {
  const answer = answerOf(rollback.approval);
  return [
    ...phasesOf(rollback).map(([phase, seconds]) => one('PhaseSeconds', { kind, phase }, seconds)),
    ...rungsOf(kind, state, rollback),
    ...(answer === null ? [] : [one('Questions', { answer })]),
    ...(rollback.error?.Error === 'TargetClaimed' ? [one('ClaimsRefused', { kind })] : []),
  ];
}

function phasesOf(rollback: Rollback): readonly (readonly [Phase, number])[] {
  const { request, verdict, health } = rollback;
  const triggeredAt = request.trigger?.at;
  const onset = onsetFor({ request, ...(verdict && { verdict }) });
  const from = onset === null || onset.unseenBefore !== undefined ? triggeredAt : onset.at;
  const written = firstWrite(rollback);
  const proven = health?.state === 'proven' ? health : undefined;
  const reached: readonly (readonly [Phase, Instant | undefined, Instant | undefined])[] = [
    ['reaction', triggeredAt, written],
    ['first-write', from, written],
    ['restored', from, proven?.healthySince],
    ['proven', from, proven?.at],
  ];
  return reached.flatMap(([phase, since, until]) =>
    since === undefined || until === undefined
      ? []
      : [[phase, Math.max(0, secondsBetween(since, until))] as const],
  );
}

/**
 * Returns when Lastgood first wrote to AWS. Not known where Stop wrote nothing and the first rung was left: the document
 * keeps the start of the last rung alone. Joining a native rollback is no write.
 */
function firstWrite({ stopped, reverted }: Slices): Instant | undefined {
  if (stopped?.state === 'stopped' || stopped?.state === 'reverting') return stopped.at;
  const isFirst = reverted?.state === 'started' && reverted.left.length === 0;
  return isFirst ? reverted.at : undefined;
}

function rungsOf(kind: string, state: Outcome['state'], { plan, reverted }: Rollback): readonly Measure[] {
  if (plan === undefined || !('rungs' in plan) || reverted === undefined) return [];
  const left = leftOf(plan.rungs, reverted.left).map(({ name, reason }) => ({
    ...one('RungsLeft', { kind, rung: name }),
    why: reason,
  }));
  const taken = plan.rungs[reverted.rung]?.name;
  return state === 'rolled-back' && taken !== undefined
    ? [...left, one('RungsTaken', { kind, rung: taken })]
    : left;
}

/** `silence`: no answer came in time. `judged-again`: another trigger ended the question. */
function answerOf(approval: Approval | undefined): string | null {
  if (approval === undefined) return null;
  if (isSilence(approval)) return 'silence';
  return personsAnswer(approval)?.answer ?? 'judged-again';
}
