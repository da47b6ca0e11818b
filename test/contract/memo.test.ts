import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Memo as ApiGatewayMemo } from '../../functions/mechanisms/apigateway/memo.ts';
import { Memo as AppConfigMemo } from '../../functions/mechanisms/appconfig/memo.ts';
import { Memo as AsgMemo } from '../../functions/mechanisms/asg/memo.ts';
import { Memo as CloudFormationMemo } from '../../functions/mechanisms/cloudformation/memo.ts';
import { Memo as CodeDeployMemo } from '../../functions/mechanisms/codedeploy/memo.ts';
import { Memo as EcsMemo } from '../../functions/mechanisms/ecs/memo.ts';
import { Memo as ElbMemo } from '../../functions/mechanisms/elb/memo.ts';
import { Memo as ExternalMemo } from '../../functions/mechanisms/external/memo.ts';
import { Memo as LambdaMemo } from '../../functions/mechanisms/lambda/memo.ts';
import { Memo as LatticeMemo } from '../../functions/mechanisms/lattice/memo.ts';
import { Memo as PipelineMemo } from '../../functions/mechanisms/pipeline/memo.ts';
import { Memo as Route53Memo } from '../../functions/mechanisms/route53/memo.ts';
import { kindsIn } from '../../scripts/kinds/parts.ts';

const text = fc.string();
const nullable = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

/** Shapes of AWS. A mechanism knows only some of their fields, so any object is valid. */
const shape = (known: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.tuple(fc.dictionary(text, fc.jsonValue()), fc.record(known)).map(([any, own]) => ({ ...any, ...own }));

const share = fc.record(
  { targetGroup: text, weight: fc.nat(), behind: text },
  { requiredKeys: ['targetGroup', 'weight'] },
);
const split = fc.array(share);
/** Texts by an ARN or a DNS name. */
const byName = fc.dictionary(
  text.map((name) => `a.${name}`),
  text,
);
const weights = fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'toString')), fc.nat());

const ecs = fc.oneof(
  fc.record({
    controller: fc.constant('ECS'),
    deployment: text,
    createdAt: text,
    changes: shape(),
  }),
  fc.record({
    controller: fc.constant('CODE_DEPLOY'),
    group: fc.record({ application: text, group: text }),
    deployment: text,
    createdAt: text,
    revision: nullable(shape()),
  }),
  fc.record({
    controller: fc.constant('EXTERNAL'),
    atFault: text,
    createdAt: text,
    old: nullable(text),
    settings: nullable(shape({ taskDefinition: text, loadBalancers: fc.array(shape()) })),
  }),
);

const division = fc.array(
  fc.record({ group: text, weight: fc.nat(), behind: text }, { requiredKeys: ['group', 'weight'] }),
);

const memos = {
  apigateway: { schema: ApiGatewayMemo, any: fc.record({ sides: fc.array(text) }) },
  asg: {
    schema: AsgMemo,
    any: fc.record({
      refresh: nullable(text),
      saved: text,
      to: fc.record(
        { template: text, version: text, imageOf: byName, rootsKeeping: fc.nat(100) },
        { requiredKeys: ['template', 'version'] },
      ),
    }),
  },
  appconfig: { schema: AppConfigMemo, any: fc.record({ number: fc.nat(), monitors: fc.array(text) }) },
  cloudformation: {
    schema: CloudFormationMemo,
    any: fc.record({ stackId: text, updatedAt: nullable(text), startEvent: text }),
  },
  codedeploy: {
    schema: CodeDeployMemo,
    any: fc.record({
      deployment: text,
      createdAt: text,
      redeployment: nullable(
        fc.record({
          revision: shape(),
          config: nullable(text),
          instances: nullable(shape()),
          isServer: fc.boolean(),
        }),
      ),
    }),
  },
  ecs: { schema: EcsMemo, any: ecs },
  elb: {
    schema: ElbMemo,
    any: fc.record(
      {
        ...{ from: split, to: split, needed: fc.nat() },
        ...{ groups: byName, growing: fc.array(text) },
      },
      // A rollback that began before an upgrade lacks the others.
      { requiredKeys: ['from', 'to', 'needed'] },
    ),
    optional: ['groups', 'growing'],
  },
  external: {
    schema: ExternalMemo,
    any: fc.record({ newest: nullable(text), inFlight: text }, { requiredKeys: ['newest'] }),
    optional: ['inFlight'],
  },
  lattice: {
    schema: LatticeMemo,
    any: fc.record({ from: division, to: division, needed: nullable(fc.nat()), names: byName }),
  },
  lambda: { schema: LambdaMemo, any: fc.record({ revisionId: text, versions: fc.array(text) }) },
  pipeline: {
    schema: PipelineMemo,
    any: fc.record({ latest: text, known: fc.array(text), holds: fc.boolean() }),
  },
  route53: {
    schema: Route53Memo,
    any: fc.record(
      {
        ...{ from: weights, to: weights, needed: fc.nat(), balancers: byName },
        lifetime: fc.record({ ttl: fc.nat(), unknown: fc.array(text) }),
      },
      // A rollback that began before an upgrade lacks the others.
      { requiredKeys: ['from', 'to', 'lifetime'] },
    ),
    optional: ['needed', 'balancers'],
  },
};

/** Returns a value as it leaves Step Functions. */
const travelled = (memo: unknown): unknown => JSON.parse(JSON.stringify(memo));

it('every mechanism has its memo here', () => {
  expect(Object.keys(memos).toSorted()).toEqual(kindsIn('.'));
});

describe.each(Object.entries(memos))('a memo of %s', (_, { schema, any, ...more }) => {
  const optional: readonly string[] = 'optional' in more ? more.optional : [];

  it('is read without a loss, and once more as it was read', () => {
    fc.assert(
      fc.property(any.map(travelled), (memo) => {
        const read = schema.parse(memo);
        expect(JSON.stringify(read)).toBe(JSON.stringify(memo));
        expect(schema.parse(read)).toStrictEqual(read);
      }),
    );
  });

  it('is refused without any one of its members', () => {
    fc.assert(
      fc.property(any.map(travelled), (memo) => {
        for (const member of Object.keys(memo as object).filter((one) => !optional.includes(one))) {
          const lacking = { ...(memo as object), [member]: undefined };
          expect(schema.safeParse(travelled(lacking)).success).toBe(false);
        }
      }),
    );
  });
});
