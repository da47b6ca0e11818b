import { isRead, quotasOf } from '../buckets.ts';

/** AWS publishes no figures of Auto Scaling. Unknown: autoscaling-request-rates. */
export const quotas = quotasOf({
  service: 'autoscaling',
  buckets: { 'autoscaling read': [100, 20], 'autoscaling modify': [50, 5] },
  of: (operation) => (isRead(operation) ? 'autoscaling read' : 'autoscaling modify'),
});
