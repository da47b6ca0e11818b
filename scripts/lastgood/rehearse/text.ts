import type { Kept } from '../../../src/readiness/document.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { COMMAND_LINE } from '../help.ts';
import { textOf } from '../plan/text.ts';
import { linesOf, toJson as readinessJson } from '../readiness/text.ts';

/** What a rehearsal without writes found. */
export interface Dry {
  readonly target: string;
  readonly plan: Plan;
  /** On a rollback that a person asks for now. */
  readonly verdict: Verdict;
  /** On a rehearsal for real. */
  readonly forReal: Verdict;
  /** Whether a rollback would work, with the permissions of the mechanism's role. */
  readonly checked: Kept;
}

export function toJson({ target, plan, verdict, forReal, checked }: Dry): object {
  const shown = Object.fromEntries(Object.entries(plan).filter(([name]) => name !== 'memo'));
  return { target, plan: shown, verdict, forReal, readiness: readinessJson(checked) };
}

export function toText({ target, plan, verdict, forReal, checked }: Dry): string {
  return [
    textOf(target, plan, verdict),
    ...['', 'Readiness', ...linesOf(checked)],
    ...['', ...ofRehearsal(target, forReal)],
  ].join('\n');
}

function ofRehearsal(target: string, { verdict, reasons, against = [] }: Verdict): readonly string[] {
  switch (verdict) {
    case 'act':
      return [`For real: ${COMMAND_LINE} rehearse ${target} --for-real`];
    case 'ask':
      return ['For real: it would ask a person first', ...against.map((one) => `  ${one}`)];
    default:
      return ['For real: it would be refused now', ...reasons.map((one) => `  ${one}`)];
  }
}
