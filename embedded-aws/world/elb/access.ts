import type { Access } from '../service.ts';

/**
 * Checks a Describe action, which has no resource-level permissions (Service Authorization Reference, Elastic Load
 * Balancing).
 */
export const readOnly = (action: string) => (): readonly Access[] => [
  { action: `elasticloadbalancing:${action}`, resource: '*' },
];
