import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { createRoute53 } from '../../../../functions/mechanisms/route53/sdk.ts';
import { clientOf, record, Route53World } from '@lastgood/embedded-aws/test/world/route53-world.ts';

const NOTE = '"heritage=external-dns,external-dns/owner=prod,external-dns/resource=ingress/shop/checkout"';

/** A zone with a weighted name, the note of external-dns if asked, and many records between or after the two. */
function zone(noted: boolean, others: readonly string[] = [], name = 'www') {
  const world = new Route53World();
  const calls: string[] = [];
  const Name = `${name}.example.com.`;
  const text = (of: string, Value: string): ResourceRecordSet => ({
    ...{ Name: of, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value }] },
  });
  world.upsert(
    ...(['blue', 'green'] as const).map((side) => ({ ...record(side, 1), Name })),
    ...(noted ? [text(`a-${Name}`, NOTE)] : []),
    ...others.map((label) => text(`${label}.example.com.`, '"x"')),
  );
  const route53 = createRoute53(clientOf(world.route53, calls));
  return { read: () => route53.named({ zone: world.zone, name: `${name}.example.com`, type: 'A' }), calls };
}

const many = (prefix: string) => Array.from({ length: 350 }, (_, index) => `${prefix}${index}`);

test.each([
  ['a small zone', true, [], 'www', 1],
  ['a small zone without a note', false, [], 'www', 1],
  ['a large zone whose other records come after both', true, many('zz'), 'www', 1],
  ['a large zone without a note', false, many('zz'), 'www', 1],
  ['a zone with a page of records between the two', true, many('m'), 'www', 2],
  ['the same without a note', false, many('m'), 'www', 2],
  ['a name that is listed before its note', true, [], '_api', 1],
  ['the same, with a page of records between', true, many('_m'), '_api', 2],
  ['a name of which it is unknown whether it is listed before its note', true, many('zz'), 'a', 2],
])('%s', async (_, noted, others, name, calls) => {
  const zoned = zone(noted, others, name);
  const found = await zoned.read();
  expect(found?.records.map(({ identifier }) => identifier)).toEqual(['blue', 'green']);
  expect(found?.heritage).toBe(noted ? 'ingress/shop/checkout' : null);
  expect(zoned.calls).toHaveLength(calls);
});
