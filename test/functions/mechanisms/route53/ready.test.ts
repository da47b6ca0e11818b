import { expect, test } from 'vitest';
import { ofHealth, ofLifetime } from '../../../../functions/mechanisms/route53/ready/records.ts';
import type { WeightedRecord } from '../../../../functions/mechanisms/route53/route53.ts';

const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id);

test.each([
  { ttl: 60, unknown: [], finds: [] },
  { ttl: 61, unknown: [], finds: ['ttl-long'] },
  { ttl: 60, unknown: ['d1.cloudfront.net'], finds: ['ttl-unknown'] },
  { ttl: 300, unknown: ['d1.cloudfront.net'], finds: ['ttl-long'] },
])('a TTL of $ttl seconds, unknown $unknown', ({ ttl, unknown, finds }) => {
  expect(ids(ofLifetime({ ttl, unknown }))).toEqual(finds);
});

const record: WeightedRecord = {
  ...{ identifier: 'blue', weight: 0, ttl: null, healthCheck: null, trafficPolicy: null },
  alias: { dnsName: 'shop.elb.amazonaws.com', zone: 'Z1' },
  listed: {
    Name: 'www',
    Type: 'A',
    AliasTarget: { HostedZoneId: 'Z1', DNSName: 'x', EvaluateTargetHealth: true },
  },
};

test('an alias that evaluates the health of its target needs no health check', () => {
  expect(ids(ofHealth(record, null))).toEqual([]);
  expect(ids(ofHealth({ ...record, listed: { Name: 'www', Type: 'A' } }, null))).toEqual([
    'health-check-missing',
  ]);
});

test('a disabled health check watches nothing', () => {
  const listed = { Name: 'www', Type: 'A' } as const;
  const reading = { state: 'unwatched', says: 'health check h-1 is disabled' } as const;
  expect(ids(ofHealth({ ...record, alias: null, listed }, reading))).toEqual(['health-check-missing']);
});
