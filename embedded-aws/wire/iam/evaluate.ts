import type { Question, Statement } from './policy.ts';

export type Decision = 'allowed' | 'denied' | 'explicitly-denied';

/**
 * Decides on statements. The default is to deny; a Deny overrides every Allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
export function evaluate(statements: readonly Statement[], question: Question): Decision {
  const effects = statements.filter(({ concerns }) => concerns(question)).map(({ effect }) => effect);
  if (effects.includes('Deny')) return 'explicitly-denied';
  return effects.includes('Allow') ? 'allowed' : 'denied';
}
