import type { Deployment, Plan, Revision } from './plan.ts';
import type { Instant } from './request.ts';

/** What a target runs, as its mechanism saw it at one moment. */
export interface Runs {
  /** When it was looked at. */
  readonly at: Instant;
  /** The newest deployment, running or done; null where the mechanism knows none. */
  readonly newest: Pick<Deployment, 'state' | 'startedAt' | 'revision'> | null;
  /** What runs, and nothing else does; null: that is not known, or something is under way. */
  readonly revision: Revision | null;
  /** Where a rollback would go now; null where there is no way back. */
  readonly back: Revision | null;
  /** Value of the tag `lastgood`; null: the target has none. */
  readonly tag: string | null;
}

/** What a plan says of the present. A plan changes nothing, so it is also the way to ask. */
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

function newestOf({ state, startedAt, revision }: Deployment): Runs['newest'] {
  return { state, startedAt, revision };
}
