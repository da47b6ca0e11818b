import type { BothSides, Followed } from '../../../src/lookout/document.ts';
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
import { stillAtStage, withStage } from './native/paused.ts';
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
    const still = await stillAtStage(followed.sides, service, clients);
    if (still !== null) return still;
    const plan = await clients.planFrom(plannable(followed, clients.now()), { service });
    const known = withPrepared(plan, service);
    const sides = sidesFrom(known, followed, (revision) => sideOf(plan, service, revision));
    if (sides.state === 'none' || service.controller !== 'ECS') return sides;
    return withStage(withDivision(sides, service), followed.sides, clients);
  };
}

/** Adds that ECS divides the traffic, which it does from the shift until the deployment completes. */
function withDivision<Both extends Omit<BothSides, 'at'>>(sides: Both, { dividesTraffic }: Service): Both {
  return dividesTraffic && sides.finishedAt === undefined ? { ...sides, divided: true } : sides;
}

function sideOf({ meters = [] }: Plan, { arn, desired }: Service, revision: { readonly id: string }) {
  return { groups: groupsOf(meters, revision, arn), wanted: desired };
}
