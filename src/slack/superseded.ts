import { planHash } from '../approvals/plan-hash.ts';
import type { Story } from './threads.ts';

/** Identifies a question of one rollback: by its plan, and by how many questions ended before. */
export interface QuestionId {
  readonly plan: string;
  readonly again: number;
}

export function questionIdOf({ question }: Story): QuestionId | null {
  return question === undefined ? null : { plan: planHash(question), again: question.again ?? 0 };
}

/** Says whether the rollback was judged again since its question. Then no execution waits for the answer. */
export function isSuperseded({ question, planned, ended }: Story): boolean {
  const judged = Math.max(planned?.verdict.again ?? 0, ended?.verdict?.again ?? 0);
  return question !== undefined && judged > (question.again ?? 0);
}
