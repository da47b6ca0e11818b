import type { Slices } from './document.ts';
import { evidenceIn, type LikelyCause, type Triage } from './evidence.ts';

/** Returns what was found about the cause of the harm: by the evidence, or by the plan. Null: it was not looked for. */
export function triageIn({ gathered, plan }: Pick<Slices, 'gathered' | 'plan'>): Triage | null {
  const found = evidenceIn(gathered)?.triage;
  if (found !== undefined) return found;
  return plan?.state === 'nothing-to-do' && plan.cause !== undefined ? { ...plan.cause, because: [] } : null;
}

/** Returns the likely cause; null: none is known. */
export function likelyCauseOf(slices: Pick<Slices, 'gathered' | 'plan'>): LikelyCause | null {
  const { cause = 'unknown', says = '' } = triageIn(slices) ?? {};
  return cause === 'unknown' ? null : { cause, says };
}
