import { isRead, quotasOf } from '../buckets.ts';

const WRITES = ['ModifyListener', 'ModifyRule'];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html */
export const quotas = quotasOf({
  service: 'elasticloadbalancing',
  buckets: { 'elb read': [40, 10], 'elb write': [20, 3] },
  of: (operation) => {
    if (isRead(operation)) return 'elb read';
    return WRITES.includes(operation) ? 'elb write' : null;
  },
});
