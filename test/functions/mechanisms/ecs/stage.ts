import { createMechanism } from '../../../../functions/mechanisms/ecs/mechanism.ts';
import type { Memo } from '../../../../functions/mechanisms/ecs/memo.ts';
import type { ContainerImage, Service } from '../../../../functions/mechanisms/ecs/ecs.ts';
import type { Mechanism } from '../../../../src/rollback/mechanism.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { wanted } from '../../../contract/walk.ts';
import { FakeEcs } from '../../../fakes/ecs.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { noTaskSets } from '../../../fakes/no-task-sets.ts';
import { FakeRegistry } from '../../../fakes/registry.ts';

export const TARGET = 'ecs:prod/checkout';
export const NOW = '2026-11-22T04:00:00.000Z';

/** Puts the mechanism between a service, a registry and a ledger that a test can fill. */
export interface Stage {
  readonly ecs: FakeEcs;
  readonly registry: FakeRegistry;
  readonly ledger: FakeEntries;
  readonly mechanism: Mechanism<Memo>;
  readonly plan: (request?: Partial<Request>) => Promise<Plan>;
}

export function stage(service: Partial<Service> = {}): Stage {
  const ecs = new FakeEcs(service);
  const registry = new FakeRegistry();
  const ledger = new FakeEntries(TARGET);
  const mechanism = createMechanism({ ...noTaskSets, ecs, registry, ledger, now: () => NOW });
  return { ecs, registry, ledger, mechanism, plan: (request) => mechanism.plan(wanted(TARGET, request)) };
}

/** Returns an image in the service's own registry, named by its tag. */
export function ecrImage(tag: string, digest: string): ContainerImage {
  return { container: 'app', image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:${tag}`, digest };
}
