import { quotasOf } from '../buckets.ts';

/** GetFunction has a quota of its own. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const quotas = quotasOf({
  service: 'lambda',
  buckets: { 'lambda control plane': [15, 15] },
  of: (operation) => (operation === 'GetFunction' ? null : 'lambda control plane'),
});
