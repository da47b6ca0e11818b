import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../../scripts/lastgood/incident/arguments.ts';
import { incident } from '../../../../scripts/lastgood/incident/incident.ts';
import { givenTo } from '../given.ts';

const NAME = 'ecs-prod-checkout-26b21be5d264b81c4a8be620817c3ad7';
const arnIn = (machine: string) => `arn:aws:states:eu-west-1:111122223333:execution:${machine}:${NAME}`;
const ARN = arnIn('lastgood-test-rollback');

const read = async (...args: readonly string[]) => readArguments(await givenTo(incident, ...args));

describe('lastgood incident', () => {
  test('accepts the name of an execution, with its place', async () => {
    expect(await read(NAME)).toMatchObject({ execution: { name: NAME }, place: { stage: 'prod' } });
    const args = [NAME, '--region', 'eu-central-1', '--stage', 'test', '--out', 'one.json'];
    expect(await read(...args)).toEqual({
      execution: { name: NAME },
      place: { region: 'eu-central-1', stage: 'test' },
      out: 'one.json',
    });
  });

  test('accepts an ARN, which has the place', async () => {
    const execution = { name: NAME, arn: ARN, region: 'eu-west-1', stage: 'test' };
    const place = { region: 'eu-west-1', stage: 'test' };
    expect(await read(ARN)).toEqual({ execution, place });
    expect(await read(ARN, '--region', 'eu-west-1', '--stage', 'test')).toEqual({ execution, place });
  });

  test.each([
    [[], /missing required argument 'EXECUTION'/],
    [[NAME, NAME], /too many arguments/],
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
  ])('refuses %j', async (args, problem) => {
    await expect(read(...args)).rejects.toThrow(problem);
  });
});
