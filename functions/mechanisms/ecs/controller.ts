import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { DeploymentLine, Service } from './ecs.ts';

/** The reads that every plan begins with, side by side: they need only the target's name. */
export interface Begun {
  readonly service: Service;
  readonly entries: Promise<readonly Entry[]>;
  /** The service deployments. Only services that ECS deploys itself have any; others need not wait for the answer. */
  readonly listed: Promise<readonly DeploymentLine[]>;
}

/** The rollback of services under one deployment controller. The verbs are those of a mechanism. */
export interface Controller<Memo> extends Pick<Mechanism<Memo>, 'stop' | 'revert' | 'settled'> {
  plan(rollback: Plannable, begun: Begun): Promise<Plan<Memo>>;
}
