import type { Plannable } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Service } from './ecs.ts';

/** The rollback of services under one deployment controller. The verbs are those of a mechanism. */
export interface Controller<Memo> extends Pick<Mechanism<Memo>, 'stop' | 'revert' | 'settled'> {
  plan(rollback: Plannable, service: Service): Promise<Plan<Memo>>;
}
