import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../../scripts/lastgood/incident/arguments.ts';

const NAME = 'ecs-prod-checkout-26b21be5d264b81c4a8be620817c3ad7';
const arnIn = (machine: string) => `arn:aws:states:eu-west-1:111122223333:execution:${machine}:${NAME}`;
const ARN = arnIn('lastgood-test-rollback');

describe('lastgood incident', () => {
  test('takes the name of an execution, with the place where it is', () => {
    expect(readArguments([NAME])).toEqual({ execution: { name: NAME }, place: { stage: 'prod' } });
    expect(readArguments([NAME, '--region', 'eu-central-1', '--stage', 'test', '--out', 'one.json'])).toEqual(
      {
        execution: { name: NAME },
        place: { region: 'eu-central-1', stage: 'test' },
        out: 'one.json',
      },
    );
  });

  test('takes an ARN, which says the place', () => {
    const execution = { name: NAME, arn: ARN, region: 'eu-west-1', stage: 'test' };
    const place = { region: 'eu-west-1', stage: 'test' };
    expect(readArguments([ARN])).toEqual({ execution, place });
    expect(readArguments([ARN, '--region', 'eu-west-1', '--stage', 'test'])).toEqual({ execution, place });
  });

  test.each([
    [[], /one EXECUTION/],
    [[NAME, NAME], /one EXECUTION/],
    [['a b'], /^EXECUTION is no name/],
    [['x'.repeat(81)], /^EXECUTION is no name/],
    [['arn:aws:states:eu-west-1:111122223333:stateMachine:lastgood-prod-rollback'], /^EXECUTION is no ARN/],
    [[arnIn('lastgood-prod-plan')], /^EXECUTION is one of lastgood-prod-plan, and not of a rollback/],
    [[arnIn('orders')], /^EXECUTION is one of orders/],
    [[ARN, '--region', 'eu-central-1'], /^--region is not that of EXECUTION, eu-west-1/],
    [[ARN, '--stage', 'prod'], /^--stage is not that of EXECUTION, test/],
    [[NAME, '--out', ''], /^--out/],
    [[NAME, '--stage', 'a/b'], /^--stage/],
    [[NAME, '--truth'], /truth/],
  ])('does not take %j', (args, problem) => {
    const asked = readArguments(args);
    expect('problem' in asked ? asked.problem : 'none').toMatch(problem);
  });
});
