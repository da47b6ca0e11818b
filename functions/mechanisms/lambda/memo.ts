import type { Json, Plan } from '../../../src/rollback/plan.ts';
import { versionsOf } from './configuration.ts';
import type { Alias } from './lambda.ts';

/** What the verbs after `plan` need to remember. */
export interface Memo {
  /** The alias's revision id when it was planned. */
  readonly revisionId: string;
  /** The versions that it named then: a change that names no other is the same rollout going on. */
  readonly versions: readonly string[];
}

export function detailsOf(alias: Alias): Json {
  const memo: Memo = { revisionId: alias.revisionId, versions: versionsOf(alias) };
  return memo as unknown as Json;
}

/** Returns the memo of a plan of ours: nobody else writes them. */
export function readMemo({ memo }: Extract<Plan, { memo: Json }>): Memo {
  return memo as unknown as Memo;
}
