import type { Deployment, Plan, Revision } from './plan.ts';
import type { Instant } from './request.ts';

/** The revision that a target runs, as its mechanism observed it at one moment. */
export interface Runs {
  /** When the mechanism observed it. */
  readonly at: Instant;
  /** The newest deployment, running or done; null where the mechanism knows none. */
  readonly newest: Pick<Deployment, 'state' | 'startedAt' | 'revision' | 'isCancelled'> | null;
  /** The only revision that runs. Null: unknown, or something is in flight. */
  readonly revision: Revision | null;
  /** The revision that a rollback would go back to now. Null: there is no way back. */
  readonly back: Revision | null;
  /** Value of the tag `lastgood`; null: the target has none. */
  readonly tag: string | null;
}

/** Reads the present from a plan. A plan changes nothing, so it also serves as a query. */
export function runsOf(plan: Plan): Runs {
  const { at, tags, deployment } = plan;
  const completed = deployment?.state === 'completed' ? deployment.revision : null;
  return {
    at,
    newest: deployment === undefined ? null : newestOf(deployment),
    revision: plan.runs ?? completed,
    back: 'to' in plan ? plan.to : null,
    tag: tags['lastgood'] ?? null,
  };
}

function newestOf({ state, startedAt, revision, isCancelled }: Deployment): Runs['newest'] {
  return { state, startedAt, revision, ...(isCancelled && { isCancelled }) };
}
