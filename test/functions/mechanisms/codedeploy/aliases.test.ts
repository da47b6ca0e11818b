import { describe, expect, it } from 'vitest';
import {
  createReadAlias,
  pollOfAlias,
  type Alias,
} from '../../../../functions/mechanisms/codedeploy/aliases.ts';
import { versionOf } from '../../../../functions/mechanisms/codedeploy/app-spec.ts';

const NAME = { functionName: 'checkout', alias: 'live', shifted: ['7', '8'] };
const WAY = { from: versionOf('checkout', '8'), to: versionOf('checkout', '7') };

const poll = (alias: Alias | null) => pollOfAlias(alias, NAME, WAY);

describe('an alias after the deployment that goes back has succeeded', () => {
  it('is settled at the wanted version alone', () => {
    expect(poll({ version: '7', weights: {} }).state).toBe('settled');
    expect(poll({ version: '7', weights: { 8: 0 } }).state).toBe('settled');
  });

  it.each([
    ['the old version serves until the new one has its provisioned concurrency', '7', { 8: 1 }],
    ['Lambda still shows it as it was', '8', {}],
  ] as const)('is awaited while %s', (_, version, weights) => {
    expect(poll({ version, weights })).toEqual({
      state: 'pending',
      summary: 'Lambda still serves checkout:8 under the alias live',
    });
  });

  it('is awaited while the version before the one at fault serves', () => {
    const way = { from: versionOf('checkout', '8'), to: versionOf('checkout', '6') };
    expect(pollOfAlias({ version: '6', weights: { 7: 1 } }, NAME, way)).toEqual({
      state: 'pending',
      summary: 'Lambda still serves checkout:7 under the alias live',
    });
    expect(pollOfAlias({ version: '6', weights: {} }, NAME, way).state).toBe('settled');
  });

  it.each([
    ['at another version', '9', {}],
    ['with a canary of another version', '7', { 9: 0.1 }],
  ] as const)('is overtaken %s', (_, version, weights) => {
    expect(poll({ version, weights })).toEqual({
      state: 'overtaken',
      by: 'checkout:9',
      reason: 'the alias live was changed to checkout:9, not by CodeDeploy',
    });
  });

  it('fails without it', () => {
    expect(poll(null)).toEqual({ state: 'failed', reason: 'there is no alias live any more' });
  });
});

describe('the alias', () => {
  const reads = (send: () => Promise<unknown>) => createReadAlias({ send } as never)(NAME);

  it('is read with its weights', async () => {
    const RoutingConfig = { AdditionalVersionWeights: { 8: 1 } };
    expect(await reads(() => Promise.resolve({ FunctionVersion: '7', RoutingConfig }))).toEqual({
      version: '7',
      weights: { 8: 1 },
    });
    expect(await reads(() => Promise.resolve({ FunctionVersion: '7' }))).toEqual({
      version: '7',
      weights: {},
    });
  });

  it('is null where there is none, and other errors stay errors', async () => {
    const failing = (name: string) => () => Promise.reject(Object.assign(new Error(name), { name }));
    expect(await reads(failing('ResourceNotFoundException'))).toBeNull();
    await expect(reads(failing('TooManyRequestsException'))).rejects.toThrow('TooManyRequests');
  });
});
