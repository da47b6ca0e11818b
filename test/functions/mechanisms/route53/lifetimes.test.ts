import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { planned, started, stopped, wanted } from '../../../contract/walk.ts';
import { record } from '@lastgood/embedded-aws/test/world/route53-world.ts';
import { Route53Stage } from './stage.ts';

const CLOUDFRONT = 'd111111abcdef8.cloudfront.net.';
const BALANCER = 'dualstack.web-1.eu-west-1.elb.amazonaws.com.';

/** Sets up two weighted aliases of this name; blue is proven, and green has every answer. */
async function aliases(DNSName: string, beside: readonly ResourceRecordSet[] = []) {
  const stage = new Route53Stage();
  const HostedZoneId = DNSName.endsWith('example.com.') ? stage.world.zone : 'Z2FDTNDATAQYW2';
  const alias = (side: 'blue' | 'green', Weight: number): ResourceRecordSet => {
    const { Name, Type, SetIdentifier } = record(side, Weight);
    const AliasTarget = { HostedZoneId, DNSName, EvaluateTargetHealth: false };
    return { Name, Type, SetIdentifier, Weight, AliasTarget };
  };
  stage.balancers.set('web-1.eu-west-1.elb.amazonaws.com', {
    running: null,
    groups: [{ arn: 'targetgroup/web/1', healthy: 4, registered: 4 }],
  });
  stage.ledger.prove('blue=255 green=0 since 2026-11-22T01:00:00.000Z');
  stage.world.upsert(...beside, alias('blue', 0), alias('green', 255));
  await stage.world.pass(300);
  return stage;
}

const beside = (Name: string, TTL: number): ResourceRecordSet => ({
  ...{ Name, Type: 'A', TTL },
  ResourceRecords: [{ Value: '192.0.2.1' }],
});

/** Returns how long it takes to settle, in seconds, and the result. */
async function settle({ mechanism, target, world }: Route53Stage) {
  const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, target)));
  const from = world.clock.now();
  for (;;) {
    const look = await mechanism.settled(document);
    if (look.state !== 'pending') return { seconds: (world.clock.now() - from) / 1000, ...look };
    await world.pass(10);
  }
}

const notesOf = async ({ mechanism, target }: Route53Stage) => {
  const plan = await mechanism.plan(wanted(target));
  return 'notes' in plan ? (plan.notes ?? []).join('\n') : '';
};

it('the rung has ten minutes, and as long as old answers last', async () => {
  const { mechanism, target } = await aliases(BALANCER);
  expect(await mechanism.plan(wanted(target))).toMatchObject({ rungs: [{ withinSeconds: 600 + 60 }] });
});

describe('the old answer of an alias', () => {
  it.each([
    ['a load balancer', BALANCER],
    ['a website in S3', 's3-website-eu-west-1.amazonaws.com.'],
    ['a website in S3', 's3-website.eu-central-1.amazonaws.com.'],
  ])('of %s expires after its 60 seconds', async (_, dnsName) => {
    const stage = await aliases(dnsName);
    expect(await notesOf(stage)).not.toMatch(/for an unknown time/);
    const { seconds, ...look } = await settle(stage);
    expect(seconds).toBe(60 + 60);
    expect(look).toMatchObject({
      state: 'settled',
      summary: expect.stringMatching(/has expired$/) as string,
    });
  });

  it('of a record beside it expires with that record', async () => {
    const stage = await aliases('slow.example.com.', [beside('slow.example.com', 300)]);
    const { seconds, ...look } = await settle(stage);
    expect(seconds).toBe(60 + 300);
    expect(look).toMatchObject({ summary: expect.stringMatching(/has expired$/) as string });
  });

  it('of an alias beside it expires with the target of that alias', async () => {
    const AliasTarget = { HostedZoneId: 'Z32O12XQLNTSW2', DNSName: BALANCER, EvaluateTargetHealth: false };
    const stage = await aliases('next.example.com.', [{ Name: 'next.example.com', Type: 'A', AliasTarget }]);
    expect(await notesOf(stage)).not.toMatch(/for an unknown time/);
    expect((await settle(stage)).seconds).toBe(60 + 60);
  });

  it.each([
    ['whose TTL is unknown', CLOUDFRONT],
    ['that is not there', 'gone.example.com.'],
  ])('of something %s is not reported as expired', async (_, dnsName) => {
    const stage = await aliases(dnsName);
    const unknown = `resolvers may give the old answer for an unknown time, because the TTL of ${dnsName} is unknown`;
    expect(await notesOf(stage)).toContain(unknown);
    expect(await settle(stage)).toEqual({
      ...{ state: 'settled', seconds: 60 + 60 },
      summary: `the weights are blue=255 green=0 (blue), and ${unknown}`,
    });
  });

  it('is followed along a few aliases only', async () => {
    const stage = await aliases('1.example.com.');
    const alias = (from: number): ResourceRecordSet => ({
      ...{ Name: `${from}.example.com`, Type: 'A' },
      AliasTarget: {
        ...{ HostedZoneId: stage.world.zone, EvaluateTargetHealth: false },
        DNSName: `${from + 1}.example.com.`,
      },
    });
    stage.world.upsert(...[1, 2, 3, 4].map(alias), beside('5.example.com', 30));
    await stage.world.pass(60);
    expect(await notesOf(stage)).toContain('the TTL of 4.example.com. is');
  });
});
