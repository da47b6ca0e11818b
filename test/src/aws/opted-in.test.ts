import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTagging } from '@lastgood/embedded-aws/world/tagging/tagging.ts';
import { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { startWire, type Wire } from '@lastgood/embedded-aws/wire/wire.ts';
import { optedInOnce } from '../../../src/aws/opted-in.ts';

const serviceArn = (n: number) => `arn:aws:ecs:eu-west-1:111122223333:service/prod/s${n}`;
const zoneArn = 'arn:aws:route53:::hostedzone/Z3M3LMPEXAMPLE';
const modes = ['auto', 'approve', 'observe', 'none'];

/** 240 services, a quarter of them with the value `none`, and a zone. */
const services = Array.from({ length: 240 }, (_, n) => ({
  arn: serviceArn(n),
  tags: { lastgood: modes[n % 4]!, n: String(n) },
}));
const zone = { arn: zoneArn, tags: { lastgood: 'auto' } };

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({
    services: [createTagging(() => [{ tagged: () => [...services, zone] }])],
    policies: () => [],
    clock: new Clock('2026-11-22T02:00:00.000Z'),
    random: new Random(0, 'wire'),
  });
});
afterAll(() => wire.close());

const clientIn = (region: string) =>
  new ResourceGroupsTaggingAPIClient({
    endpoint: wire.endpoint,
    region,
    credentials: wire.credentials('operator'),
    maxAttempts: 1,
  });

it('reads all opted-in resources, page by page, and asks each place once', async () => {
  const before = wire.calls.length;
  const read = optedInOnce({ here: clientIn('eu-west-1'), global: clientIn('us-east-1') });
  const here = await read('here');
  expect(here).toEqual(services.filter(({ tags }) => tags.lastgood !== 'none'));
  expect(await read('global')).toEqual([zone]);
  expect(await read('here')).toBe(here);
  expect(wire.calls.length - before).toBe(3);
});
