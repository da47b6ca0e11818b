import type { Access } from '../service.ts';

/** Describe actions have no resource-level permissions (Service Authorization Reference, Elastic Load Balancing). */
export const readOnly = (action: string) => (): readonly Access[] => [
  { action: `elasticloadbalancing:${action}`, resource: '*' },
];
