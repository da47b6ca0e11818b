import { describe, expect, it } from 'vitest';
import { kind, listedName, recordOf, targetOf } from '../../../../../src/targets/kinds/route53/target.ts';
import { normalName } from '@lastgood/embedded-aws/world/route53/names.ts';

describe('a target', () => {
  it.each([
    'Z3M3LMPEXAMPLE/www.example.com/A',
    'Z3M3LMPEXAMPLE/*.example.com/CNAME',
    'Z3M3LMPEXAMPLE/_dmarc.example.com/TXT',
    'Z3M3LMPEXAMPLE/0\\05725.2.0.192.in-addr.arpa/PTR',
    'Z3M3LMPEXAMPLE/a.\\052.example.com/AAAA',
  ])('is %s', (name) => {
    expect(kind.problemOf(name)).toBeNull();
    const record = recordOf(`route53:${name}`);
    // Route 53 lists the record under this name, which yields the same target again.
    expect(normalName(listedName(record))).toBe(listedName(record));
    expect(targetOf(record.zone, listedName(record), record.type)).toBe(`route53:${name}`);
  });

  it.each([
    'www.example.com/A',
    'Z3M3LMPEXAMPLE/www.example.com',
    'Z3M3LMPEXAMPLE/www.example.com/NS',
    'Z3M3LMPEXAMPLE/www.example.com/a',
    'Z3M3LMPEXAMPLE/www.example.com./A',
    'Z3M3LMPEXAMPLE/WWW.example.com/A',
    'Z3M3LMPEXAMPLE/a.*.example.com/A',
    'Z3M3LMPEXAMPLE//A',
    'z3m3/www.example.com/A',
    'Z3M3LMPEXAMPLE/0/25.2.0.192.in-addr.arpa/PTR',
  ])('is not %s', (name) => expect(kind.problemOf(name)).not.toBeNull());

  it('comes from neither dimensions nor an event', () => {
    expect(kind.fromDimensions({ HealthCheckId: 'abcdef11-2222-3333-4444-555555fedcba' })).toBeNull();
  });
});
