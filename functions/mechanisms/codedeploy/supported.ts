import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Group } from './codedeploy.ts';

const COVERED = ['Server', 'Lambda'];

/**
 * Returns a deployment group that can be rolled back: it exists, and deploys to instances or a Lambda alias.
 * @throws UnsupportedTarget; for a group of ECS it names the target to use
 */
export function supported(target: string, group: Group | null): Group {
  if (group === null) throw new UnsupportedTarget(`${target}: there is no such deployment group`);
  if (COVERED.includes(group.platform)) return group;
  if (group.platform !== 'ECS')
    throw new UnsupportedTarget(`${target}: the compute platform ${group.platform} is not covered`);
  throw new DeploysServices(target, group.services);
}

/** A group that deploys services of Amazon ECS, which are separate targets. */
export class DeploysServices extends UnsupportedTarget {
  /** As targets: `ecs:prod/checkout`. */
  readonly services: string;
  constructor(target: string, names: readonly string[]) {
    const services = names.map((service) => `ecs:${service}`).join(', ');
    super(`${target}: it deploys a service of Amazon ECS; roll back ${services} instead`);
    this.services = services;
  }
}
