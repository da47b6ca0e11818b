import { isRead, quotasOf } from '../buckets.ts';

/** AWS publishes no figures of CodeDeploy. Unknown: codedeploy-request-rates. */
export const quotas = quotasOf({
  service: 'codedeploy',
  buckets: { 'codedeploy read': [100, 20], 'codedeploy modify': [50, 5] },
  of: (operation) => (isRead(operation) ? 'codedeploy read' : 'codedeploy modify'),
});
