import { describe, expect, it, test } from 'vitest';
import { ownDimension } from '../../../../../src/targets/kinds/apigateway/api-names.ts';
import { kind, stageOf, targetOf } from '../../../../../src/targets/kinds/apigateway/target.ts';
import { problemOfTarget } from '../../../../../src/targets/target.ts';

describe('a stage', () => {
  it('is written as the id of its API and its name', () => {
    const target = 'apigateway:a1b2c3d4e5/prod';
    expect(problemOfTarget(target)).toBeNull();
    expect(stageOf(target)).toEqual({ api: 'a1b2c3d4e5', stage: 'prod' });
    expect(targetOf(stageOf(target))).toBe(target);
  });

  it.each([
    ['a1b2c3d4e5', 'must be the id of a REST API and a stage'],
    ['a1b2c3d4e5/prod/GET', 'must be the id of a REST API and a stage'],
    ['Checkout/prod', 'is not the id of an API'],
    ['a1b2c3d4e5/$default', 'is not the name of a stage'],
    ['a1b2c3d4e5/', 'is not the name of a stage'],
  ])('is not %j', (name, problem) => {
    expect(kind.problemOf(name)).toContain(problem);
  });

  it.each([
    ['arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/prod', 'a1b2c3d4e5/prod'],
    ['arn:aws-us-gov:apigateway:us-gov-west-1::/restapis/a1b2c3d4e5/stages/prod', 'a1b2c3d4e5/prod'],
    // Plan refuses it, with the reason.
    ['arn:aws:apigateway:eu-west-1::/apis/a1b2c3d4e5/stages/prod', 'a1b2c3d4e5/prod'],
    ['arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5', null],
    ['arn:aws:apigateway:eu-west-1::/apis/a1b2c3d4e5/stages/$default', null],
    ['arn:aws:lambda:eu-west-1:111122223333:function:checkout', null],
  ])('has the ARN %s: %s', (arn, name) => {
    expect(kind.fromArn(arn)).toBe(name);
  });

  it('is not named by dimensions, which have the name of its API', () => {
    expect(kind.fromDimensions({ ApiName: 'checkout', Stage: 'prod' })).toBeNull();
  });
});

test('an API has the dimension of its name only while no other has it', () => {
  const names = new Map([
    ['a1', 'checkout'],
    ['b2', 'cart'],
    ['c3', 'cartü'],
  ]);
  expect(['a1', 'b2', 'c3', 'd4'].map((id) => ownDimension(names, id))).toEqual([
    'checkout',
    null,
    null,
    null,
  ]);
});
