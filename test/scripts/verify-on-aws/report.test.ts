import { expect, test } from 'vitest';
import { costOf, totalOf } from '../../../scripts/verify-on-aws/cost.ts';
import { PARTS } from '../../../scripts/verify-on-aws/parts/all.ts';
import { reportOf, statusOf } from '../../../scripts/verify-on-aws/report.ts';
import { asAssumed, notSeen, otherwise } from '../../../scripts/verify-on-aws/questions/question.ts';
import type { Found } from '../../../scripts/verify-on-aws/verify.ts';

const [part] = PARTS.filter(({ name }) => name === 'ecs-rolling');
if (part === undefined) throw new Error('there is no part ecs-rolling');

const FINE: Found = {
  parts: [part],
  courses: [{ part, target: 'ecs:prod/checkout', releasedAt: 0, execution: null, ended: 'rolled-back' }],
  answers: [{ id: 'late-weights', looksAt: 'the weights', assumed: 'soon', answer: asAssumed('at once') }],
  hours: 2,
  load: { requests: 100, invocations: 0 },
  left: new Map(),
  isInterrupted: false,
};
const LEFT = new Map([['lastgood-verify-1', ['AWS::IAM::Role r']]]);
const of = (answer: Found['answers'][number]['answer']): Found['answers'] =>
  FINE.answers.map((one) => ({ ...one, answer }));

test.each<[string, Partial<Found>, boolean, number]>([
  ['all is as it must be', {}, false, 0],
  ['a question was not seen', { answers: of(notSeen('too short')) }, false, 0],
  ['a question is otherwise', { answers: of(otherwise('late')) }, false, 1],
  [
    'a part was not rolled back',
    { courses: FINE.courses.map((one) => ({ ...one, ended: 'skipped' })) },
    false,
    1,
  ],
  ['a part was not played', { courses: [] }, false, 1],
  ['something is left', { left: LEFT }, false, 1],
  ['something is left on purpose', { left: LEFT }, true, 0],
  ['it was interrupted', { isInterrupted: true }, false, 1],
])('where %s, the status says so', (_, found, keep, status) => {
  expect(statusOf({ ...FINE, ...found }, keep)).toBe(status);
});

test('the cost is what ran, by the hour, and what was used', () => {
  const costs = costOf({ ...FINE, load: { requests: 0, invocations: 1_000_000 } });
  const byWhat = Object.fromEntries(costs.map(({ what, dollars }) => [what, dollars]));
  expect(byWhat['load balancer']).toBeCloseTo(2 * 0.0405, 6);
  expect(byWhat['ecs-rolling: 2 Fargate tasks']).toBeCloseTo(2 * 2 * 0.0173425, 6);
  expect(byWhat['1000000 invocations']).toBeCloseTo(1.3, 6);
  expect(totalOf(costs)).toBeCloseTo(
    Object.values(byWhat).reduce((sum, one) => sum + one, 0),
    9,
  );
});

test('the report says what is still open, and how to remove what is left', () => {
  const lines = reportOf({ ...FINE, left: LEFT }, ['late-weights', 'empty-list-removes'], 'eu-west-1');
  expect(lines).toContain('  late-weights: as assumed');
  expect(lines).toContain('Still open, as this run cannot show them: empty-list-removes');
  expect(lines.at(-2)).toMatch(
    /1 resources. Remove it: aws cloudformation delete-stack --stack-name lastgood-verify-1/,
  );
});

test('the report names each stack that is left', () => {
  const left = new Map([...LEFT, ['lastgood-verify-1-stack-update', ['AWS::Lambda::Function f']]]);
  const lines = reportOf({ ...FINE, left }, [], 'eu-west-1');
  expect(lines.slice(-3)).toEqual([
    'Left in the account: the stack lastgood-verify-1, with 1 resources, and the stack lastgood-verify-1-stack-update, with 1 resources. Remove it: aws cloudformation delete-stack --stack-name lastgood-verify-1 --region eu-west-1 && aws cloudformation delete-stack --stack-name lastgood-verify-1-stack-update --region eu-west-1',
    '  AWS::IAM::Role r',
    '  AWS::Lambda::Function f',
  ]);
});
