import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { aliasOf, kind, targetOf } from '../../../../../src/targets/kinds/lambda/target.ts';

describe('a target of the kind lambda', () => {
  it.each(['checkout/live', 'check-out_2/v2', `${'f'.repeat(64)}/${'a'.repeat(128)}`])(
    'may be %s',
    (name) => {
      expect(kind.problemOf(name)).toBeNull();
    },
  );

  it.each([
    ['checkout', 'must be a function and an alias'],
    ['checkout/live/now', 'must be a function and an alias'],
    ['check out/live', 'is not the name of a Lambda function'],
    [`${'f'.repeat(65)}/live`, 'is not the name of a Lambda function'],
    ['/live', 'is not the name of a Lambda function'],
    ['checkout/', 'is not the name of an alias'],
    ['checkout/42', 'is not the name of an alias'],
    ['checkout/$LATEST', 'is not the name of an alias'],
  ])('may not be %s', (name, problem) => {
    expect(kind.problemOf(name)).toContain(problem);
  });

  it('is read unchanged', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
    fc.assert(
      fc.property(name, name, (functionName, alias) => {
        expect(aliasOf(targetOf({ functionName, alias }))).toEqual({ functionName, alias });
      }),
    );
  });
});

describe('dimensions of an alarm', () => {
  it.each([
    ['of the alias', { FunctionName: 'checkout', Resource: 'checkout:live' }, 'checkout/live'],
    [
      'of a version behind the alias',
      { FunctionName: 'checkout', Resource: 'checkout:live', ExecutedVersion: '7' },
      'checkout/live',
    ],
    ['of one version', { FunctionName: 'checkout', Resource: 'checkout:7' }, null],
    ['of the function', { FunctionName: 'checkout' }, null],
    ['of the function as a resource', { FunctionName: 'checkout', Resource: 'checkout' }, null],
    ['that contradict each other', { FunctionName: 'checkout', Resource: 'cart:live' }, null],
    ['of something else', { ClusterName: 'prod', ServiceName: 'checkout' }, null],
  ])('%s', (_, dimensions, name) => {
    expect(kind.fromDimensions(dimensions as never)).toBe(name);
  });
});
