import type { Claimed } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Service } from './ecs.ts';

/** How services under one deployment controller go back. The verbs are those of a mechanism. */
export interface Controller extends Omit<Mechanism, 'plan' | 'traits'> {
  plan(rollback: Claimed, service: Service): Promise<Plan>;
}
