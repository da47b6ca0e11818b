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
import { supported } from './supported.ts';

interface Clients {
  readonly ecs: Pick<Ecs, 'service'>;
  readonly now: () => string;
  /** Plans as for a rollback, from the service that was read. */
  readonly planFrom: (rollback: Plannable, begun: Pick<Begun, 'service'>) => Promise<Plan>;
}

/**
 * Reads the sides of a service's deployment. Every deployment of the account begins with an event, so a service that is
 * not followed costs one call.
 */
export function sidesWith({ ecs, now, planFrom }: Clients): (followed: Followed) => Promise<SidesAnswer> {
  return async (followed) => {
    const { target } = followed;
    const service = supported(target, await ecs.service(serviceOf(target)));
    if (readSettings(service.tags).lookout === 'off')
      return { state: 'none', reason: 'The service has no tag lastgood:lookout.' };
    const plan = await planFrom(plannable(followed, now()), { service });
    return sidesFrom(plan, followed, (revision) => sideOf(plan, service, revision));
  };
}

function sideOf({ meters = [] }: Plan, { arn, desired }: Service, revision: { readonly id: string }) {
  return { groups: groupsOf(meters, revision, arn), wanted: desired };
}
