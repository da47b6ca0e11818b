import { planHash } from '../approvals/plan-hash.ts';
import type { Story } from './threads.ts';

/** Which question of a thread stands open: the plan it asks about, and how many questions ended before it. */
export interface QuestionId {
  readonly plan: string;
  readonly again: number;
}

export function questionIdOf({ question }: Story): QuestionId | null {
  return question === undefined ? null : { plan: planHash(question), again: question.again ?? 0 };
}

/** Another trigger came while the question waited, and it was judged again: nothing waits for its answer any more. */
export function isSuperseded({ question, planned, ended }: Story): boolean {
  const judged = Math.max(planned?.verdict.again ?? 0, ended?.verdict?.again ?? 0);
  return question !== undefined && judged > (question.again ?? 0);
}
