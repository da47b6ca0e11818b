import { describe, expect, it } from 'vitest';
import { readConfiguration, textOf } from '../../../../functions/mechanisms/apigateway/configuration.ts';
import { toStage } from '../../../../functions/mechanisms/apigateway/from-aws.ts';
import {
  deploymentIn,
  isSide,
  variablesIn,
  writeSide,
} from '../../../../functions/mechanisms/apigateway/side.ts';

const LONG = { backend: 'x'.repeat(401) };

describe('a side', () => {
  it.each([{}, { backend: 'v1' }, { url: 'https://shop.example.com/?a=1&b=2,3#x', mode: 'a~b' }])(
    'is read as it was written: %j',
    (variables) => {
      const side = writeSide('abc123', variables);
      expect(isSide(side)).toBe(true);
      expect([deploymentIn(side), variablesIn(side)]).toEqual(['abc123', variables]);
    },
  );

  it('has one text, whatever the order of its variables', () => {
    expect(writeSide('abc123', { b: '2', a: '1' })).toBe('abc123?a=1&b=2');
    expect(writeSide('abc123', { a: '1', b: '2' })).toBe('abc123?a=1&b=2');
  });

  it('has only the digest of long variables, which differs where they do', () => {
    const side = writeSide('abc123', LONG);
    expect([isSide(side), variablesIn(side)]).toEqual([true, null]);
    expect(side.length).toBeLessThan(40);
    expect(writeSide('abc123', { backend: 'y'.repeat(401) })).not.toBe(side);
  });

  it.each(['', 'no-such-revision', 'abc123?', 'abc123?a', 'abc123 90%', 'abc123?a=1, 2'])(
    'is not %j',
    (text) => {
      expect(isSide(text)).toBe(false);
    },
  );
});

describe('a configuration', () => {
  it.each([
    { stage: 'abc123', canary: null },
    { stage: 'abc123?a=1&b=2', canary: { side: 'def456?a=2', percent: 12.5 } },
  ])('is read as it was written: %j', (configuration) => {
    expect(readConfiguration(textOf(configuration))).toEqual(configuration);
  });

  it('is not read from another text', () => {
    expect(readConfiguration('checkout:7')).toBeNull();
  });
});

describe('a canary', () => {
  const stage = { deploymentId: 'abc123', variables: { a: '1', b: '2' } };
  const canaryOf = (canarySettings: object) => toStage({ ...stage, canarySettings }).canary;

  it('sees the variables of the stage, but for its overrides', () => {
    expect(
      canaryOf({ deploymentId: 'def456', percentTraffic: 10, stageVariableOverrides: { a: '9' } }),
    ).toEqual({ side: 'def456?a=9&b=2', percent: 10 });
  });

  it.each([
    ['names the deployment of the stage', { deploymentId: 'abc123', percentTraffic: 10 }],
    [
      'overrides with equal values',
      { deploymentId: 'abc123', percentTraffic: 10, stageVariableOverrides: { a: '1' } },
    ],
    ['takes no requests, as after a promotion', { deploymentId: 'def456', percentTraffic: 0 }],
  ])('is none if it %s, and still has to be removed', (_, canarySettings) => {
    expect(toStage({ ...stage, canarySettings })).toMatchObject({ canary: null, hasCanary: true });
  });
});
