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
  'asg:web-fleet': { id: 'lt-0a1b2c3d4e5f60718/2', name: 'web:2' },
  'codedeploy:checkout/blue': {
    id: 's3://bundles/checkout/v2.zip?type=zip&etag=9a8b',
    name: 'v2.zip (9a8b)',
  },
  'codedeploy:checkout/git': { id: 'github:shop/checkout@0123456789abcdef', name: 'checkout@01234567' },
  'elb:arn:aws:x': { id: 'blue=0&green=1', name: 'green=1' },
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
    ['lambda:checkout/live', 'checkout:2'],
    ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:2'],
    ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718:2'],
    ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718/2'],
    ['asg:web-fleet', 'web/2'],
    ['asg:web-fleet', 'web:2'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip&etag=9a8b'],
    ['codedeploy:checkout/blue', 's3://bundles/checkout/v2.zip?etag=%229a8b%22&type=zip'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip'],
    ['codedeploy:checkout/blue', 'v2.zip (9a8b)'],
    ['codedeploy:checkout/git', 'shop/checkout@0123456789abcdef'],
    ['elb:arn:aws:x', 'green=1'],
  ])('of %s as %s', (target, text) => {
    expect(against(target, text)).toBe(1);
  });
});

describe('another revision is let through', () => {
  it.each<[Target, string]>([
    ['ecs:prod/checkout', 'checkout:22'],
    ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:3'],
    ['asg:web-fleet', 'web/3'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v2.zip?type=zip&etag=ffff'],
    ['codedeploy:checkout/blue', 'bundles/checkout/v3.zip?type=zip'],
    ['codedeploy:checkout/git', 'shop/checkout@ffffffffffffffff'],
  ])('of %s as %s', (target, text) => {
    expect(against(target, text)).toBe(0);
    expect(readSpelling(target, text).state).toBe('clear');
  });
});

it.each([
  ['lambda:checkout/live', '$LATEST', /names other code tomorrow/],
  ['lambda:checkout/live', 'live', /names other code tomorrow/],
  ['lambda:checkout/live', 'checkout:live', /names other code tomorrow/],
  ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout:$LATEST', /tomorrow/],
  ['lambda:checkout/live', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout', /names no version/],
  ['lambda:checkout/live', 'cart:2', /of the function cart/],
  ['asg:web-fleet', '$Latest', /must be a launch template and a version/],
  ['asg:web-fleet', 'web/$Latest', /names another version tomorrow/],
  ['asg:web-fleet', 'lt-0a1b2c3d4e5f60718:$Default', /names another version tomorrow/],
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
  });
});
