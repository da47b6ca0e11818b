import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startedBeside } from '../../local/bench/path.ts';
import { isKeepWarm } from '../../src/lambda/keep-warm.ts';
import { definition } from '../paths/definition.ts';
import { stack } from './grants.ts';

const short = (name: string) => name.replace('lastgood-prod-', '');

const scheduled = stack.rules.flatMap(({ schedule, targets }) =>
  targets.map(({ arn, input }) => ({ schedule, function: arn.split('lastgood-prod-')[1], input })),
);
const warmed = scheduled.filter(
  ({ schedule, input }) => schedule !== undefined && input !== undefined && isKeepWarm(JSON.parse(input)),
);

/** The functions that the states up to the first write call. */
const called = [
  'guard',
  ...stack.functions.map(({ name }) => short(name)).filter((name) => name.startsWith('mechanism-')),
];

test('the states up to the first write call the guard and the mechanisms', () => {
  const { Claim, Plan, Judge, Stop, Revert } = definition().States;
  const names = [Claim, Plan, Judge, Stop, Revert].map((state) => state?.Parameters?.FunctionName);
  expect(new Set(names.map((name) => name?.split('-').at(-1)))).toEqual(new Set(['guard', undefined]));
});

test('the functions on the path to the first write are kept warm, and no others', () => {
  const path = ['on-alarm', 'on-deployment', ...called];
  expect(warmed.map(({ function: name }) => name).toSorted()).toEqual(path.toSorted());
  expect(new Set(warmed.map(({ schedule }) => schedule))).toEqual(new Set(['rate(5 minutes)']));
});

test('an alarm starts, beside on-alarm, the functions behind it, and no others', () => {
  const started = startedBeside('lastgood-prod-on-alarm', stack.rules).map(short);
  expect(started.toSorted()).toEqual(called.toSorted());
});

test('a call that only starts a function is neither repeated nor kept', () => {
  const functions = stack.functions.filter(({ name }) => called.includes(short(name)));
  expect(functions).toHaveLength(called.length);
  for (const { async } of functions) expect(async).toMatchObject({ retries: 0, maxAgeSeconds: 60 });
});

test('docs/deploying.md counts what is kept warm, and what an alarm starts', () => {
  const page = readFileSync('docs/deploying.md', 'utf8');
  const inWords = [
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
    'thirteen',
    'fourteen',
    'fifteen',
  ];
  const word = (count: number) => inWords[count - 6];
  const [, kept, requests] =
    /^\| (\w+) functions kept warm, every 5 minutes.*?\| ([\d,]+) +\|/m.exec(page) ?? [];
  expect([kept, requests]).toEqual([word(warmed.length), (warmed.length * 8640).toLocaleString('en')]);
  expect(page).toContain(`starts ${word(called.length)} functions for a millisecond`);
});
