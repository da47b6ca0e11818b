import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Service } from './ecs.ts';

/**
 * Returns a service that can be rolled back: it exists and is not being deleted.
 * @throws UnsupportedTarget
 */
export function supported(target: string, service: Service | null): Service {
  if (service === null || !isStaying(service)) throw new UnsupportedTarget(`${target}: ${goneAs(service)}`);
  return service;
}

/**
 * Returns whether a service stays. A deleted one is DRAINING while its tasks stop, and then INACTIVE (API_Service,
 * Amazon ECS).
 */
export function isStaying({ status }: Service): boolean {
  return status === 'ACTIVE';
}

export function goneAs(service: Service | null): string {
  return service === null ? 'there is no such service' : `the service is ${service.status}`;
}
