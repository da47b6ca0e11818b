import type { InReversion, OnRung, Planned } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { withMemo } from '../../../src/rollback/with-memo.ts';
import type { Begun, Controller } from './controller.ts';
import { controllersOf, type Clients, type Controllers } from './controllers.ts';
import { Memo } from './memo.ts';
import { takes } from './takes.ts';
import { withProgress } from './progress/with-progress.ts';
import { supported } from './supported.ts';
import { serviceOf } from '../../../src/targets/kinds/ecs/target.ts';

/**
 * Creates the mechanism for services of Amazon ECS. Their controller (ECS, CodeDeploy or external) decides how they go
 * back.
 */
export function createMechanism(clients: Clients): Mechanism<Memo> {
  const controllers = controllersOf(clients);
  const of = ({ memo }: Planned<Memo>['plan']) => verbsFor(memo, controllers);
  return {
    memo: Memo,
    plan: async (rollback) => {
      const begun = await beginWith(rollback.request.target, clients);
      const plan = await controllers[begun.service.controller].plan(rollback, begun);
      return withProgress(plan, rollback, begun.service, clients);
    },
    stop: (rollback) => of(rollback.plan).stop(rollback),
    revert: (rollback) => of(rollback.plan).revert(rollback),
    settled: (rollback) => of(rollback.plan).settled(rollback),
    takes,
  };
}

/** Begins the reads of a plan. The two that not every controller waits for may fail unnoticed. */
async function beginWith(target: string, { ecs, ledger }: Clients): Promise<Begun> {
  const name = serviceOf(target);
  const [listed, entries] = [ecs.deployments(name), ledger.entries(target)];
  for (const early of [listed, entries]) early.catch(() => undefined);
  return { service: supported(target, await ecs.service(name)), listed, entries };
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
