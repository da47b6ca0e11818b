import { describe, expect, it } from 'vitest';
import type { Entry, KeptRevision } from '../../../src/ledger/ledger.ts';
import { revisionMeant } from '../../../src/ledger/meant.ts';
import { objections } from '../../../src/ledger/objections.ts';
import { readSpelling } from '../../../src/ledger/spelling.ts';

const AT = '2026-11-22T03:00:00.000Z';
const REVISIONS = {
  'ecs:prod/checkout': {
    id: 'arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/7842',
    name: 'checkout:2',
  },
  'lambda:checkout/live': { id: '2', name: 'checkout:2' },
  'apigateway:a1b2c3d4e5/prod': { id: 'abc123?backend=v2', name: 'abc123?backend=v2' },
  'asg:web-fleet': { id: 'lt-0a1b2c3d4e5f60718/2', name: 'web:2' },
  'asg:images': { id: 'lt-0a1b2c3d4e5f60718/2@ami-0a+ami-0b', name: 'web:2@ami-0a+ami-0b' },
  'codedeploy:checkout/blue': {
    id: 's3://bundles/checkout/v2.zip?type=zip&etag=9a8b',
    name: 'v2.zip (9a8b)',
  },
  'codedeploy:checkout/git': {
    id: 'github:shop/checkout@0123456789abcdef0123456789abcdef01234567',
    name: 'checkout@01234567',
  },
  'codedeploy:shift/live': {
    id: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:2',
    name: 'checkout:2',
  },
  'elb:arn:aws:x': {
    id: 'checkout-green/73e2d6bc24d8a067=1@a1b2c3d4e5f6 since 2026-11-22T03:00:00.000Z',
    name: 'checkout-green',
  },
  'route53:Z1/shop/A': {
    id: 'blue=192@1f0c22ab green=64 since 2026-11-22T03:00:00.000Z',
    name: '75 % blue and 25 % green',
  },
} as const;
type Target = keyof typeof REVISIONS;

function condemned(target: string, revision: KeptRevision): Entry {
  return { state: 'condemned', target, revision, condemnedAt: AT, evidence: [], execution: 'x' };
}
const against = (target: Target, text: string) =>
  objections(text, [condemned(target, REVISIONS[target])], null).length;

describe('a condemned revision is found', () => {
  it.each<[Target, string]>([
    ['ecs:prod/checkout', 'checkout:2'],
    ['ecs:prod/checkout', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:2'],
    ['lambda:checkout/live', '2'],
    ['apigateway:a1b2c3d4e5/prod', 'abc123?backend=v2'],
    ['lambda:checkout/live', 'checkout:2'],
    ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:2'],
    ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718:2'],
    ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718/2'],
    ['asg:web-fleet', 'web/2'],
    ['asg:web-fleet', 'web:2'],
    ['asg:images', 'web:2'],
    ['asg:images', 'lt-0a1b2c3d4e5f60718/2'],
    ['asg:images', 'web/2@ami-0b+ami-0a'],
    ['asg:images', 'lt-0a1b2c3d4e5f60718:2@ami-0A,ami-0b'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip&etag=9a8b'],
    ['codedeploy:checkout/blue', 's3://bundles/checkout/v2.zip?etag=%229a8b%22&type=zip'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip'],
    ['codedeploy:checkout/blue', 'v2.zip (9a8b)'],
    ['codedeploy:checkout/blue', 'v2.zip'],
    ['codedeploy:checkout/blue', 'S3://bundles/checkout/v2.zip?eTag="9a8b"&bundleType=zip'],
    ['codedeploy:checkout/blue', 'arn:aws:s3:::bundles/checkout/v2.zip'],
    ['codedeploy:checkout/blue', 'https://bundles.s3.eu-west-1.amazonaws.com/checkout/v2.zip?versionId=x'],
    ['codedeploy:checkout/blue', 'https://s3.eu-west-1.amazonaws.com/bundles/checkout/v2.zip'],
    ['codedeploy:checkout/git', 'shop/checkout@0123456789abcdef0123456789abcdef01234567'],
    ['codedeploy:checkout/git', 'Shop/Checkout@0123456789ABCDEF0123456789ABCDEF01234567'],
    ['codedeploy:checkout/git', 'shop/checkout@0123456'],
    ['codedeploy:checkout/git', 'checkout@01234567'],
    ['codedeploy:checkout/git', '0123456789abcdef0123456789abcdef01234567'],
    [
      'codedeploy:checkout/git',
      'https://github.com/shop/checkout/commit/0123456789abcdef0123456789abcdef01234567',
    ],
    ['codedeploy:shift/live', '2'],
    ['codedeploy:shift/live', 'checkout:2'],
    ['codedeploy:shift/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:2'],
    ['lambda:checkout/live', 'function:checkout:2'],
    ['lambda:checkout/live', '111122223333:function:checkout:2'],
    ['asg:web-fleet', 'LT-0A1B2C3D4E5F60718:2'],
    ['asg:web-fleet', 'arn:aws:ec2:eu-west-1:111122223333:launch-template/lt-0a1b2c3d4e5f60718:2'],
    ['elb:arn:aws:x', 'checkout-green'],
    ['elb:arn:aws:x', 'checkout-green/73e2d6bc24d8a067=1@a1b2c3d4e5f6 since 2026-11-22T03:00:00.000Z'],
    ['elb:arn:aws:x', 'checkout-green/73e2d6bc24d8a067=1@a1b2c3d4e5f6'],
    ['elb:arn:aws:x', 'checkout-blue/6d0ecf831eec9f09=0 checkout-green/73e2d6bc24d8a067=100'],
    ['elb:arn:aws:x', 'checkout-green=1'],
    [
      'elb:arn:aws:x',
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-green/73e2d6bc24d8a067=1',
    ],
    ['route53:Z1/shop/A', 'green=1 blue=3'],
    ['route53:Z1/shop/A', '75 % blue and 25 % green'],
    ['route53:Z1/shop/A', '25 % green and 75 % blue'],
  ])('of %s as %s', (target, text) => {
    expect(against(target, text)).toBe(1);
  });
});

describe('another revision is let through', () => {
  it.each<[Target, string]>([
    ['ecs:prod/checkout', 'checkout:22'],
    ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:3'],
    ['asg:web-fleet', 'web/3'],
    ['asg:web-fleet', 'web:2@ami-0a'],
    ['asg:images', 'web:2@ami-0a'],
    ['asg:images', 'web:3@ami-0a+ami-0b'],
    ['asg:images', 'web:3'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip&etag=ffff'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v3.zip?type=zip'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?versionId=b&etag=ffff'],
    ['codedeploy:checkout/blue', 'v3.zip'],
    ['codedeploy:checkout/blue', 'v2.zip (ffff)'],
    ['codedeploy:checkout/git', 'shop/checkout@ffffffffffffffff'],
    ['codedeploy:checkout/git', 'shop/cart@0123456'],
    ['codedeploy:checkout/git', 'eckout@01234567'],
    ['codedeploy:shift/live', 'checkout:3'],
    ['codedeploy:shift/live', 'cart:2'],
    ['elb:arn:aws:x', 'checkout-blue'],
    ['elb:arn:aws:x', 'checkout-green/73e2d6bc24d8a067=1@ffffffffffff'],
    ['elb:arn:aws:x', 'checkout-blue/6d0ecf831eec9f09=1'],
    ['elb:arn:aws:x', 'checkout=1'],
    ['route53:Z1/shop/A', 'blue=1 green=3'],
  ])('of %s as %s', (target, text) => {
    expect(against(target, text)).toBe(0);
    expect(readSpelling(target, text).state).toBe('clear');
  });
});

it.each([
  ['apigateway:a1b2c3d4e5/prod', 'v2 of the API', /is no deployment of an API/],
  ['lambda:checkout/live', '$LATEST', /names other code tomorrow/],
  ['lambda:checkout/live', 'live', /names other code tomorrow/],
  ['lambda:checkout/live', 'checkout:live', /names other code tomorrow/],
  ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:$LATEST', /tomorrow/],
  ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout', /names no version/],
  ['lambda:checkout/live', 'cart:2', /of the function cart/],
  ['asg:web-fleet', '$Latest', /must be a launch template and a version/],
  ['asg:web-fleet', 'web/$Latest', /names another version tomorrow/],
  ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718:$Default', /names another version tomorrow/],
  ['lambda:checkout/live', 'abc123=', /no version of a function/],
  ['lambda:checkout/live', '2.0', /no version of a function/],
  ['codedeploy:checkout/blue', 'd-ABCDEF123', /is a deployment/],
  ['codedeploy:checkout/git', 'shop/checkout@main', /nor a commit/],
  ['codedeploy:shift/live', '$LATEST', /nor a version of a function/],
  ['elb:arn:aws:x', 'green=abc', /is no weights/],
  ['asg:web-fleet', 'ami-0a1b2c3d4e5f60718', /is an image/],
])('%s cannot be checked as %s', (target, text, why) => {
  const spelling = readSpelling(target, text);
  expect(spelling.state === 'unclear' && spelling.why).toMatch(why);
});

describe('a request means', () => {
  const proven = (id: string, name: string, content?: string): Entry => ({
    state: 'proven',
    target: 'ecs:prod/checkout',
    revision: { id, name, ...(content !== undefined && { content }) },
    ...{ completedAt: AT, provenAt: AT, evidence: [] },
  });
  const meant = (text: string, ...entries: readonly Entry[]) =>
    revisionMeant('ecs:prod/checkout', text, entries);

  it('the revision with this id or this name', () => {
    expect(meant('r1', proven('r1', 'checkout:1'))).toBe('r1');
    expect(meant('checkout:1', proven('r2', 'checkout:2'), proven('r1', 'checkout:1'))).toBe('r1');
    for (const target of Object.keys(REVISIONS) as Target[])
      expect(revisionMeant(target, REVISIONS[target].name, [condemned(target, REVISIONS[target])])).toBe(
        REVISIONS[target].id,
      );
  });

  it('the newest of those with the same content', () => {
    expect(meant('checkout:1', proven('r2', 'checkout:1', 'a'), proven('r1', 'checkout:1', 'a'))).toBe('r2');
  });

  it('none of several: a person must say which', () => {
    const several = [proven('r2', 'checkout:1', 'a'), proven('r1', 'checkout:1', 'b')];
    expect(() => meant('checkout:1', ...several)).toThrow(/request\.revision.*may mean r2 or r1/);
    expect(() => meant('checkout:1', proven('r2', 'checkout:1'), proven('r1', 'checkout:1'))).toThrow(
      /may mean/,
    );
  });

  it('what the mechanism makes of it, where the ledger does not know it', () => {
    expect(meant('checkout:9', proven('r1', 'checkout:1'))).toBe('checkout:9');
    expect(revisionMeant('lambda:checkout/live', '$LATEST', [])).toBe('$LATEST');
    const weights = 'checkout-green/73e2d6bc24d8a067=1';
    expect(
      revisionMeant('elb:arn:aws:x', weights, [condemned('elb:arn:aws:x', REVISIONS['elb:arn:aws:x'])]),
    ).toBe(weights);
  });
});

it('a deployment of an API without its variables may be that deployment with any', () => {
  const target = 'apigateway:a1b2c3d4e5/prod';
  expect(revisionMeant(target, 'abc123', [condemned(target, REVISIONS[target])])).toBe('abc123?backend=v2');
  expect(revisionMeant(target, 'abc', [condemned(target, REVISIONS[target])])).toBe('abc');
});
