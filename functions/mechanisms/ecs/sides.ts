import type { Followed } from '../../../src/lookout/document.ts';
import { plannable, sidesFrom } from '../../../src/lookout/from-plan.ts';
import { groupsOf } from '../../../src/lookout/groups.ts';
import type { SidesAnswer } from '../../../src/lookout/sided.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';
import type { Begun } from './controller.ts';
import type { Ecs, Service } from './ecs.ts';
import { withPrepared } from './external/prepared.ts';
import { stillPaused, withStage } from './native/paused.ts';
import type { Stages } from './native/stages.ts';
import { supported } from './supported.ts';
import type { ReadTestListener } from './traffic/test-listener.ts';

interface Clients {
  readonly ecs: Pick<Ecs, 'service' | 'revisions'>;
  readonly stages: Stages;
  readonly testListener: ReadTestListener;
  readonly now: () => string;
  /** Plans as for a rollback, from the service that was read. */
  readonly planFrom: (rollback: Plannable, begun: Pick<Begun, 'service'>) => Promise<Plan>;
}

/**
 * Reads the sides of a service's deployment. Every deployment of the account begins with an event, so a service that is
 * not followed costs one call.
 */
export function sidesWith(clients: Clients): (followed: Followed) => Promise<SidesAnswer> {
  return async (followed) => {
    const { target } = followed;
    const service = supported(target, await clients.ecs.service(serviceOf(target)));
    if (readSettings(service.tags).lookout === 'off')
      return { state: 'none', reason: 'The service has no tag lastgood:lookout.' };
    const paused = await stillPaused(followed.sides, service.tags, clients);
    if (paused !== null) return paused;
    const plan = await clients.planFrom(plannable(followed, clients.now()), { service });
    const known = withPrepared(plan, service);
    const sides = sidesFrom(known, followed, (revision) => sideOf(plan, service, revision));
    const hasStages = sides.state === 'sides' && service.controller === 'ECS';
    return hasStages ? withStage(sides, followed.sides, clients) : sides;
  };
}

function sideOf({ meters = [] }: Plan, { arn, desired }: Service, revision: { readonly id: string }) {
  return { groups: groupsOf(meters, revision, arn), wanted: desired };
}
