import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../../../src/targets/alarms/alarm.ts';
import { answerWithTags } from '../../../../../src/targets/alarms/read-tags.ts';
import { forwarderOf, kind, targetOf } from '../../../../../src/targets/kinds/lattice/target.ts';

const [SERVICE, LISTENER, RULE] = [
  'svc-0a1b2c3d4e5f60718',
  'listener-0a1b2c3d4e5f60718',
  'rule-0a1b2c3d4e5f60718',
];
const PLACE = 'arn:aws:vpc-lattice:eu-west-1:111122223333';
const ARN = `${PLACE}:service/${SERVICE}/listener/${LISTENER}`;

describe('a target of VPC Lattice', () => {
  it.each([
    [`${SERVICE}/${LISTENER}`, ARN],
    [`${SERVICE}/${LISTENER}/${RULE}`, `${ARN}/rule/${RULE}`],
  ])('is %s, also in the ARN', (name, arn) => {
    expect(kind.problemOf(name)).toBeNull();
    expect(kind.fromArn(arn)).toBe(name);
    expect(targetOf(forwarderOf(`lattice:${name}`))).toBe(`lattice:${name}`);
  });

  it.each([
    SERVICE,
    `${SERVICE}/${RULE}`,
    `${SERVICE}/${LISTENER}/`,
    `${SERVICE}/${LISTENER}/${RULE}/x`,
    ARN,
    'shop/http',
  ])('is not %s', (name) => {
    expect(kind.problemOf(name)).toMatch(/must be svc-…\/listener-…/);
  });

  it.each([
    `${PLACE}:service/${SERVICE}`,
    `${PLACE}:targetgroup/tg-0a1b2c3d4e5f60718`,
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2',
  ])('is not in the ARN %s', (arn) => {
    expect(kind.fromArn(arn)).toBeNull();
  });
});

describe('an alarm on a metric of VPC Lattice', () => {
  const alarm = (dimensions: Readonly<Record<string, string>>): Alarm => ({
    name: 'shop-errors',
    arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-errors',
    at: '2026-11-22T03:03:00.000Z',
    timeField: 'detail.state.timestamp',
    previously: 'OK',
    onset: null,
    reason: 'Threshold Crossed',
    dimensions: [dimensions],
    ...{ tags: null, forged: null, withheld: null },
  });
  const resolve = async (
    dimensions: Readonly<Record<string, string>>,
    {
      tag,
      optedIn = [],
    }: { readonly tag?: readonly [string, string]; readonly optedIn?: readonly string[] } = {},
  ) =>
    answerWithTags(alarm(dimensions), {
      tagsOf: () => Promise.resolve({}),
      balancerTags: (arns) =>
        Promise.resolve(arns.map((arn) => (arn === tag?.[0] ? { 'lastgood:target': tag[1] } : {}))),
      optedIn: () => Promise.resolve(optedIn.map((arn) => ({ arn }))),
    });
  const target = `lattice:${SERVICE}/${LISTENER}`;

  it.each([
    ['a target group', { TargetGroup: 'tg-0a1b2c3d4e5f60718' }, 'targetgroup/tg-0a1b2c3d4e5f60718'],
    ['a service', { Service: SERVICE }, `service/${SERVICE}`],
    ['a service by its ARN', { Service: `${PLACE}:service/${SERVICE}` }, `service/${SERVICE}`],
  ])('on %s is about what its tag names', async (_, dimensions, resource) => {
    const answer = await resolve(dimensions, { tag: [`${PLACE}:${resource}`, target] });
    expect(answer).toMatchObject({ targets: [target], requests: [{ target }] });
  });

  it('on a service is about its only opted-in listener', async () => {
    const other = ARN.replace(SERVICE, 'svc-99999999999999999');
    const answer = await resolve({ Service: SERVICE }, { optedIn: [ARN, other] });
    expect(answer).toMatchObject({
      requests: [{ target }],
      reason: expect.stringContaining(
        `it has no tag lastgood:target, its metrics are about ${target}`,
      ) as string,
    });
  });

  it('asks among several', async () => {
    const answer = await resolve({ Service: SERVICE }, { optedIn: [ARN, `${ARN}/rule/${RULE}`] });
    expect(answer).toMatchObject({
      requests: [{ target, trigger: { among: [`${target}/${RULE}`] } }],
    });
  });

  it('names none where nothing opted in, or the value is a name', async () => {
    expect(await resolve({ Service: SERVICE })).toMatchObject({ targets: [], requests: [] });
    expect(await resolve({ Service: 'shop' }, { optedIn: [ARN] })).toMatchObject({ targets: [] });
  });
});
