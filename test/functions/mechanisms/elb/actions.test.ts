import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSticky, withSplit } from '../../../../functions/mechanisms/elb/actions.ts';
import { sharesOf, splitOf } from '../../../../functions/mechanisms/elb/split.ts';

const GROUPS = ['blue', 'green', 'red'].map(
  (name) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/6d0ecf831eec9f09`,
);
const [BLUE, GREEN] = GROUPS as [string, string];

function forward(weights: Readonly<Record<string, number>>, more: object = {}): Action {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
    TargetGroupArn,
    Weight,
  }));
  return { Type: 'forward', ForwardConfig: { TargetGroups, ...more } };
}

test('the actions divide the traffic as wanted, and detach nothing', () => {
  const weights = fc.array(fc.nat(999), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(weights, weights, (now, wanted) => {
      const named = (values: readonly number[]) =>
        Object.fromEntries(GROUPS.map((arn, index) => [arn, values[index]!]));
      const split = splitOf(sharesOf([forward(named(wanted))])!);
      fc.pre(split.length > 0);
      const shares = sharesOf(withSplit([forward(named(now))], split))!;
      expect(splitOf(shares)).toEqual(split);
      expect(shares.map(({ targetGroup }) => targetGroup)).toEqual(GROUPS);
      expect(shares.every(({ weight }) => Number.isInteger(weight) && weight >= 0 && weight <= 999)).toBe(
        true,
      );
    }),
  );
});

test('a forward in its short form is sent in the long one', () => {
  const [sent] = withSplit([{ Type: 'forward', TargetGroupArn: GREEN }], [{ targetGroup: BLUE, weight: 1 }]);
  expect(sent).toEqual(forward({ [GREEN]: 0, [BLUE]: 100 }));
});

test('every other action keeps its place and content', () => {
  const jwt: Action = {
    Type: 'jwt-validation',
    Order: 1,
    JwtValidationConfig: { JwksEndpoint: 'https://login.example.com/keys', Issuer: 'login' },
  };
  const sent = withSplit([jwt, { ...forward({ [GREEN]: 1 }), Order: 2 }], [{ targetGroup: BLUE, weight: 1 }]);
  expect(sent[0]).toEqual(jwt);
  expect(sent[1]).toMatchObject({ Type: 'forward', Order: 2 });
});

test('stickiness is switched off only if it is on', () => {
  const sticky = forward(
    { [GREEN]: 1 },
    { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 } },
  );
  expect(isSticky([sticky])).toBe(true);
  const sent = withSplit([sticky], [{ targetGroup: BLUE, weight: 1 }]);
  expect(isSticky(sent)).toBe(false);
  expect(sent[0]?.ForwardConfig?.TargetGroupStickinessConfig).toEqual({ Enabled: false });
  const [plain] = withSplit([forward({ [GREEN]: 1 })], [{ targetGroup: BLUE, weight: 1 }]);
  expect(plain?.ForwardConfig).not.toHaveProperty('TargetGroupStickinessConfig');
});
