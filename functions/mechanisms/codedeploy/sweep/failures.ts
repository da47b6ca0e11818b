import { inBatches } from '../../../../src/aws/batches.ts';
import { createBudget } from '../../../../src/aws/budget.ts';
import { eachOf } from '../../../../src/aws/each.ts';
import { MAX_DEPLOYMENTS, type BatchReads } from './reads.ts';
import { FAILURES } from './shares.ts';

/** The most errors that a warm function remembers. */
export const MAX_REMEMBERED = 5_000;

/** Reads why deployments failed, each once. */
export interface Failures {
  /**
   * Reads the errors that are not known yet. Those for which the share of the minute does not suffice are read in the
   * next one, together with those of other applications.
   */
  learn(ids: readonly string[], minute: object): Promise<void>;
  /** Returns the error of a deployment; empty: it has none. Null: not known yet. */
  errorOf(id: string): string | null;
}

export function createFailures({ deployments }: Pick<BatchReads, 'deployments'>): Failures {
  const errors = new Map<string, string>();
  const left = new Set<string>();
  let minute: { readonly of: object; readonly budget: ReturnType<typeof createBudget> } | null = null;
  const budgetOf = (one: object) => {
    if (minute?.of !== one) minute = { of: one, budget: createBudget(FAILURES.callsPerMinute) };
    return minute.budget;
  };
  const read = async (ids: readonly string[]) => {
    const found = new Map((await deployments(ids)).map(({ id, error }) => [id, error]));
    for (const id of ids) {
      errors.set(id, found.get(id) ?? '');
      left.delete(id);
    }
    const tooMany = Math.max(0, errors.size - MAX_REMEMBERED);
    for (const id of [...errors.keys()].slice(0, tooMany)) errors.delete(id);
  };
  return {
    learn: async (ids, one) => {
      const budget = budgetOf(one);
      for (const id of ids) if (!errors.has(id)) left.add(id);
      const wanted = ids.length === 0 ? [...left] : ids.filter((id) => left.has(id));
      await eachOf(inBatches(wanted, MAX_DEPLOYMENTS), async (some) => {
        if (budget.take(1)) await read(some);
      });
    },
    errorOf: (id) => errors.get(id) ?? null,
  };
}
