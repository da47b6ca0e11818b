import type { InReversion, OnRung, Planned } from '../../../src/rollback/document.ts';
import type { Sided } from '../../../src/lookout/sided.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { withMemo } from '../../../src/rollback/with-memo.ts';
import type { Begun, Controller } from './controller.ts';
import { controllersOf, type Clients, type Controllers } from './controllers.ts';
import { Memo } from './memo.ts';
import { passWith } from './native/paused.ts';
import { takes } from './takes.ts';
import { wantsNone } from './watch.ts';
import { withProgress } from './progress/with-progress.ts';
import { sidesWith } from './sides.ts';
import { supported } from './supported.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';

/**
 * Creates the mechanism for services of Amazon ECS. Their controller (ECS, CodeDeploy or external) decides how they go
 * back.
 */
export function createMechanism(clients: Clients): Mechanism<Memo> & Sided {
  const controllers = controllersOf(clients);
  const of = ({ memo }: Planned<Memo>['plan']) => verbsFor(memo, controllers);
  return {
    sides: sidesWith({
      ...clients,
      planFrom: (rollback, { service }) =>
        controllers[service.controller].plan(rollback, {
          service,
          ...listsOf(rollback.request.target, clients),
        }),
    }),
    pass: passWith(clients),
    memo: Memo,
    plan: async (rollback) => {
      const begun = await beginWith(rollback.request.target, clients);
      const plan = await controllers[begun.service.controller].plan(rollback, begun);
      return withProgress({ ...plan, ...wantsNone(begun.service) }, rollback, begun.service, clients);
    },
    stop: (rollback) => of(rollback.plan).stop(rollback),
    revert: (rollback) => of(rollback.plan).revert(rollback),
    settled: (rollback) => of(rollback.plan).settled(rollback),
    takes,
  };
}

/** Begins the reads of a plan. */
async function beginWith(target: string, clients: Clients): Promise<Begun> {
  const lists = listsOf(target, clients);
  return { service: supported(target, await clients.ecs.service(serviceOf(target))), ...lists };
}

/** Begins the two reads that not every controller waits for. They may fail unnoticed. */
function listsOf(target: string, { ecs, ledger }: Clients): Omit<Begun, 'service'> {
  const [listed, entries] = [ecs.deployments(serviceOf(target)), ledger.entries(target)];
  for (const early of [listed, entries]) early.catch(() => undefined);
  return { listed, entries };
}

/** Returns the verbs of the controller that made the plan. Each controller puts its name into the memo. */
function verbsFor(memo: Memo, controllers: Controllers) {
  switch (memo.controller) {
    case 'ECS':
      return verbsWith(controllers.ECS, memo);
    case 'CODE_DEPLOY':
      return verbsWith(controllers.CODE_DEPLOY, memo);
    case 'EXTERNAL':
      return verbsWith(controllers.EXTERNAL, memo);
  }
}

function verbsWith<Own>(controller: Controller<Own>, memo: Own) {
  return {
    stop: (rollback: Planned) => controller.stop(withMemo(rollback, memo)),
    revert: (rollback: OnRung) => controller.revert(withMemo(rollback, memo)),
    settled: (rollback: InReversion) => controller.settled(withMemo(rollback, memo)),
  };
}
