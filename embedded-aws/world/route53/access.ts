import type { Access, Bucket } from '../service.ts';
import { bareId } from './state.ts';

/**
 * The bucket of all requests of an account. Its burst is not documented; one second's worth is assumed.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
export const REQUESTS: Bucket = { name: 'route53', burst: 5, perSecond: 5, error: 'Throttling' };

/** Builds an ARN. Route 53 is one service for all Regions, so its ARNs have neither Region nor account. */
export function arnOf(type: 'hostedzone' | 'change' | 'healthcheck', id: string | undefined): string {
  return `arn:aws:route53:::${type}/${bareId(id)}`;
}

export const may = (
  action: string,
  resource = '*',
  conditions: Access['conditions'] = {},
): readonly Access[] => [{ action: `route53:${action}`, resource, conditions }];
