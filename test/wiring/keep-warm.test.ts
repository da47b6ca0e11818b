import { expect, test } from 'vitest';
import { isKeepWarm } from '../../src/lambda/keep-warm.ts';
import { definition } from '../paths/definition.ts';
import { stack } from './grants.ts';

const scheduled = stack.rules.flatMap(({ schedule, targets }) =>
  targets.map(({ arn, input }) => ({ schedule, function: arn.split('lastgood-prod-')[1], input })),
);
const warmed = scheduled.filter(({ input }) => input !== undefined && isKeepWarm(JSON.parse(input)));

test('the functions on the path to the first write are kept warm, and no others', () => {
  const { Claim, Plan, Judge, Stop, Revert } = definition().States;
  const called = [Claim, Plan, Judge, Stop, Revert].map((state) => state?.Parameters?.FunctionName);
  expect(new Set(called.map((name) => name?.split('-').at(-1)))).toEqual(new Set(['guard', undefined]));
  const mechanisms = stack.functions.map(({ name }) => name).filter((name) => name.includes('-mechanism-'));
  const path = [
    'guard',
    'on-alarm',
    'on-deployment',
    ...mechanisms.map((name) => name.replace('lastgood-prod-', '')),
  ];
  expect(warmed.map(({ function: name }) => name).toSorted()).toEqual(path.toSorted());
  expect(new Set(warmed.map(({ schedule }) => schedule))).toEqual(new Set(['rate(5 minutes)']));
});
