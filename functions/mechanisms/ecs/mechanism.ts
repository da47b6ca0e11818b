import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { controllersOf, type Clients } from './controllers.ts';
import type { ControllerName } from './ecs.ts';
import { withProgress } from './progress/with-progress.ts';
import { supported } from './supported.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';
import { traitsOf } from './traits.ts';

/** Services of Amazon ECS. Who deploys a service, ECS, CodeDeploy or somebody else, decides how it goes back. */
export function createMechanism(clients: Clients): Mechanism {
  const controllers = controllersOf(clients);
  const of = (plan: Planned['plan']) => controllers[controllerIn(plan)];
  return {
    plan: async (rollback) => {
      const { target } = rollback.request;
      const service = supported(target, await clients.ecs.service(serviceOf(target)));
      const plan = await controllers[service.controller].plan(rollback, service);
      return withProgress(plan, rollback, service, clients);
    },
    stop: (rollback) => of(rollback.plan).stop(rollback),
    revert: (rollback) => of(rollback.plan).revert(rollback),
    settled: (rollback) => of(rollback.plan).settled(rollback),
    traits: (_, { id }) => traitsOf(clients.ecs, id),
  };
}

/** Which of them made the plan: each puts its name into the memo that only it reads. */
function controllerIn({ memo }: Planned['plan']): ControllerName {
  return (memo as unknown as { readonly controller: ControllerName }).controller;
}
