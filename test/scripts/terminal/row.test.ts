import { expect, test } from 'vitest';
import { painter } from '../../../scripts/terminal/paint.ts';
import { headOf, linesOf } from '../../../scripts/terminal/row.ts';
import { tidy } from '../../../scripts/terminal/tidy.ts';

const look = { columns: 60, paint: painter(false) };
const at = '2026-11-22T02:14:56.123Z';

test('a row has its clock time, the seconds since the release, who, and what', () => {
  expect(linesOf({ at, since: 176, who: 'alarm', says: 'checkout-errors is ALARM' }, look)).toEqual([
    '02:14:56    +176 s  alarm       checkout-errors is ALARM',
  ]);
  expect(linesOf({ at, since: null, who: 'CodeDeploy', says: 'completed' }, look)).toEqual([
    '02:14:56            CodeDeploy  completed',
  ]);
  expect(linesOf({ at, since: 14_632, who: 'Pause', says: 'waited too long' }, look)).toEqual([
    '02:14:56 +14,632 s  Pause       waited too long',
  ]);
  expect(headOf(look)).toBe('UTC          after  the release');
});

test('a row that counts from nothing has no such column', () => {
  expect(linesOf({ at, who: 'Claim', says: 'holds it' }, look)).toEqual(['02:14:56  Claim       holds it']);
});

test('long texts wrap under their own beginning, and points have bullets', () => {
  const says = 'from checkout:2 to checkout:1 (proven in the ledger): deploy checkout:1 again';
  const points = ['The harm began less than a minute after the deployment.', 'Short.'];
  const lines = linesOf({ at, since: 178, who: 'Plan', says, points, lines: ['[ a ]'] }, look);
  expect(lines).toEqual([
    '02:14:56    +178 s  Plan        from checkout:2 to',
    '                                checkout:1 (proven in the',
    '                                ledger): deploy checkout:1',
    '                                again',
    '                                · The harm began less than a',
    '                                  minute after the',
    '                                  deployment.',
    '                                · Short.',
    '                                [ a ]',
  ]);
});

test('a row is coloured by its tone, line by line', () => {
  const [first = '', second = ''] = linesOf(
    { at, who: 'users', says: 'are hurting and hurting and hurting and hurting', tone: 'bad' },
    { columns: 50, paint: painter(true) },
  );
  expect(first).toContain('\u001b[31mare hurting');
  expect(second.trimStart().startsWith('\u001b[31m') && second.endsWith('\u001b[39m')).toBe(true);
});

test.each([
  ['healthy since 2026-11-22T02:19:13.265Z.', 'healthy since 02:19:13 UTC.'],
  ['[40.166666666666664 (22/11/26), 21.7]', '[40.2 (22/11/26), 21.7]'],
  ['(5.0) (minimum 2 datapoints for OK -> ALARM transition).', '(5.0).'],
  ['deployment ecs-svc/1656501732670979468 completed.', 'deployment …9468 completed.'],
  [
    'stopped arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/jYFizhTf_b8PSa, and so on',
    'stopped jYFizhTf_b8PSa, and so on',
  ],
  [
    'stopped arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/jYFizhTf: why',
    'stopped jYFizhTf: why',
  ],
  ['elb:arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1a/2b', 'elb:2b'],
  ['0.0 % of 3000 requests', '0.0 % of 3000 requests'],
])('%j is shortened to %j', (text, short) => {
  expect(tidy(text)).toBe(short);
});
