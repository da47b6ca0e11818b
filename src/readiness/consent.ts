import type { Tags } from '../rollback/plan.ts';

/**
 * Returns the condition that the policies set on every write. Without consent it is `auto`: that the tag is missing is
 * a finding of its own, and the simulation is about the role.
 */
export function consentIn({ lastgood: mode = '' }: Tags): Readonly<Record<string, readonly string[]>> {
  return { 'aws:ResourceTag/lastgood': [mode === 'approve' ? mode : 'auto'] };
}
