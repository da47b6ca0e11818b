import type { Planned } from '../../src/rollback/document.ts';
import type { Deployment, Revision } from '../../src/rollback/plan.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { after } from '../../src/rollback/time.ts';

const ONE_HOUR_SECONDS = 3_600;

/** Returns the revision at fault. */
export function atFault({ plan }: Planned): Revision {
  return plan.suspect ?? plan.from;
}

/** Returns the deployment of the revision at fault; undefined: the plan knows none. */
export function releaseOf(rollback: Planned): Deployment | undefined {
  const { plan } = rollback;
  const { id } = atFault(rollback);
  return plan.recent?.find(({ revision }) => revision.id === id) ?? plan.deployment;
}

/** Returns when the deployment of the revision at fault began; an hour before the plan where it is unknown. */
export function releasedAt(rollback: Planned): Instant {
  return releaseOf(rollback)?.startedAt ?? after(rollback.plan.at, -ONE_HOUR_SECONDS);
}

/** Returns when the way back began. Later traces are its own, and no cause of the harm. */
export function wentBackAt({ plan, reverted }: Planned): Instant {
  return reverted?.at ?? plan.at;
}
