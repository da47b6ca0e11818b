import { isRead, quotasOf } from '../buckets.ts';

/** AWS publishes no figures of CloudFormation. Unknown: cloudformation-request-rates. */
export const quotas = quotasOf({
  service: 'cloudformation',
  buckets: { 'cloudformation read': [100, 10], 'cloudformation modify': [20, 2] },
  of: (operation) => (isRead(operation) ? 'cloudformation read' : 'cloudformation modify'),
});
