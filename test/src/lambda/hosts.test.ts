import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../src/lambda/addresses.ts';
import { hostOf, hostsOf, problemOfAddress, problemOfLiteral } from '../../../src/lambda/hosts.ts';

describe('an address', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['169.253.255.255', 'public'],
    ['223.255.255.255', 'public'],
    ['2600:1f18::1', 'public'],
    ['10.0.0.0', 'private'],
    ['10.255.255.255', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['198.19.255.255', 'private'],
    ['fd12:3456::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['0.0.0.0', 'closed'],
    ['169.254.169.254', 'closed'],
    ['169.254.170.2', 'closed'],
    ['::ffff:169.254.169.254', 'closed'],
    ['224.0.0.1', 'closed'],
    ['255.255.255.255', 'closed'],
    ['192.0.2.1', 'closed'],
    ['::', 'closed'],
    ['::ffff:8.8.8.8', 'closed'],
    ['::7f00:1', 'closed'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'closed'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['64:ff9b::808:808', 'public'],
    ['64:ff9b::1', 'closed'],
    ['64:FF9B:0::8.8.8.8', 'public'],
    ['64:ff9b:1::808:808', 'closed'],
    ['2002:7f00:1::', 'closed'],
    ['2001::1', 'closed'],
    ['fe80::1', 'closed'],
    ['fec0::1', 'closed'],
    ['ff02::1', 'closed'],
    ['fd00:ec2::254', 'closed'],
    ['FD00:EC2::253', 'closed'],
    ['4000::1', 'closed'],
  ])('%s is %s', (address, range) => {
    expect(rangeOf(address)).toBe(range);
  });
});

describe('a host', () => {
  const NEVER = /must not be called/;
  const LIST = /to allow it, add \S+ to the parameter "hosts" in params\.yml and deploy/;
  it.each<[string, string, string, RegExp | null]>([
    ['shop.example', '8.8.8.8', '', null],
    ['shop.internal', '10.0.0.1', '', LIST],
    ['shop.internal', '10.0.0.1', 'shop.internal', null],
    ['shop.internal', '10.0.0.1', ' Other.example , SHOP.internal ', null],
    ['a.shop.internal', '10.0.0.1', 'shop.internal', LIST],
    ['a.shop.internal', '10.0.0.1', '*.shop.internal', null],
    ['shop.internal', '10.0.0.1', '*.shop.internal', LIST],
    ['badshop.internal', '10.0.0.1', '*.shop.internal', LIST],
    ['10.0.0.1', '10.0.0.1', '10.0.0.1', null],
    ['10.0.0.2', '10.0.0.2', '10.0.0.1', LIST],
    ['shop.internal', '127.0.0.1', 'shop.internal,127.0.0.1', NEVER],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', null],
    ['127.0.0.1', '127.0.0.1', '*.0.0.1', NEVER],
    ['127.0.0.1', '127.0.0.1', '', NEVER],
    ['shop.internal', '169.254.169.254', 'shop.internal', NEVER],
    ['169.254.169.254', '169.254.169.254', '169.254.169.254', NEVER],
  ])('%s at %s, with %j listed: %s', (host, address, listed, problem) => {
    const hosts = hostsOf({ variable: () => listed });
    const found = problemOfAddress(host, address, hosts);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  it.each([
    ['https://Shop.Example/', 'shop.example'],
    ['https://shop.example./', 'shop.example'],
    ['http://[fd12::1]:9090/', 'fd12::1'],
    ['http://0x0a000001/', '10.0.0.1'],
  ])('of %s is %s', (url, host) => {
    expect(hostOf(new URL(url))).toBe(host);
  });

  it('that is a name is checked when its addresses are known', () => {
    expect(problemOfLiteral(new URL('http://shop.internal/'), [])).toBeNull();
    expect(problemOfLiteral(new URL('http://notlocalhost/'), [])).toBeNull();
    expect(problemOfLiteral(new URL('http://127.0.0.1/'), [])).toMatch(NEVER);
    expect(problemOfLiteral(new URL('http://[fe80::1]/'), [])).toMatch(NEVER);
  });

  it.each(['http://localhost/', 'http://LOCALHOST.:9001/', 'http://api.localhost/'])(
    'that always is this function itself is refused as a name: %s',
    (url) => {
      expect(problemOfLiteral(new URL(url), ['localhost', '*.localhost'])).toMatch(NEVER);
    },
  );

  it('is listed nowhere without the parameter', () => {
    expect(hostsOf({ variable: () => undefined })).toEqual([]);
  });
});
