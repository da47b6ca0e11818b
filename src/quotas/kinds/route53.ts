import { quotasOf } from '../buckets.ts';

/** All calls share one quota. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
export const quotas = quotasOf({
  service: 'route53',
  buckets: { route53: [5, 5] },
  of: () => 'route53',
});
