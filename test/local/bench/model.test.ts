import { describe, expect, it, test } from 'vitest';
import { HANDLER_MS, SPREADS } from '../../../local/bench/assumptions.ts';
import { modelOf } from '../../../local/bench/model.ts';
import { functionsOf, startedBeside, type Path, type PathCall } from '../../../local/bench/path.ts';

const NO_IMPORTS = new Map([
  ['trigger', 0],
  ['guard', 0],
]);

const aws = (after: number): PathCall => ({ operation: 'Describe', isTable: false, after });

const pathOf = (calls: readonly PathCall[], alsoStarts: readonly string[] = []): Path => ({
  scenario: 'any',
  trigger: { function: 'trigger', calls: [] },
  alsoStarts,
  states: [{ name: 'Claim', invocation: { function: 'guard', calls } }],
});

const near = (value: number, expected: number): void => {
  expect(Math.abs(value - expected) / expected).toBeLessThan(0.02);
};

test('the model draws the same figures again', () => {
  expect(modelOf(pathOf([aws(0)]), NO_IMPORTS)).toEqual(modelOf(pathOf([aws(0)]), NO_IMPORTS));
});

test('a path has one delivery, a hop a state and half a hop a Choice', () => {
  const { parts } = modelOf(pathOf([]), NO_IMPORTS);
  const withChoice = modelOf(
    { ...pathOf([]), states: [...pathOf([]).states, { name: 'Claimed' }] },
    NO_IMPORTS,
  );
  // The mean of a lognormal distribution.
  const mean = ({ p50, p99 }: { p50: number; p99: number }) => {
    const sigma = Math.log(p99 / p50) / 2.326;
    return p50 * Math.exp(sigma ** 2 / 2);
  };
  near(parts.delivery, mean(SPREADS.delivery));
  near(parts.hops, mean(SPREADS.hop));
  near(withChoice.parts.hops, mean(SPREADS.hop) * 1.5);
  expect(parts.code).toBe(2 * HANDLER_MS);
});

test('percentiles of a path are of whole draws: the 99th is below the sum of the parts’ 99th', () => {
  const { warm } = modelOf(pathOf([aws(0), aws(1), aws(2)]), NO_IMPORTS);
  const { delivery, hop, awsCall } = SPREADS;
  expect(warm.p99).toBeGreaterThan(warm.p50);
  expect(warm.p99).toBeLessThan(delivery.p99 + hop.p99 + 3 * awsCall.p99);
});

test('calls made at once cost less than the same calls one after another, and more than one call', () => {
  const costOf = (...calls: readonly PathCall[]) => modelOf(pathOf(calls), NO_IMPORTS).parts.calls;
  const [one, atOnce, inTurn] = [costOf(aws(0)), costOf(aws(0), aws(0)), costOf(aws(0), aws(1))];
  expect(one).toBeLessThan(atOnce);
  expect(atOnce).toBeLessThan(inTurn);
  near(inTurn, 2 * one);
});

describe('a cold start', () => {
  const imports = new Map([
    ['trigger', 40],
    ['guard', 60],
  ]);

  it('is paid once a function', () => {
    const twice = { ...pathOf([]), states: [...pathOf([]).states, ...pathOf([]).states] };
    expect(modelOf(pathOf([]), imports).parts.imports).toBe(100);
    expect(modelOf(twice, imports).parts.imports).toBe(100);
  });

  it('is not paid by the path when the event started the function early enough', () => {
    const { parts, cold } = modelOf(pathOf([], ['guard']), imports);
    expect(parts.imports).toBeLessThan(60);
    expect(cold.p50).toBeLessThan(modelOf(pathOf([]), imports).cold.p50 - 100);
  });

  it('is paid in full when the function is called before it is ready', () => {
    const slow = new Map([
      ['trigger', 0],
      ['guard', 100_000],
    ]);
    expect(modelOf(pathOf([], ['guard']), slow).parts.imports).toBe(100_000);
  });

  it('needs a measured import', () => {
    expect(() => modelOf(pathOf([]), new Map())).toThrow('the import of trigger was not measured');
  });
});

test('an event starts, beside its function, those that the same pattern calls to keep them warm', () => {
  const arn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
  const target = (name: string, input?: string) => ({
    id: name,
    arn: arn(name),
    retry: { maxAgeSeconds: 60, attempts: 0 },
    ...(input !== undefined && { input }),
  });
  const warm = '{"keep":"warm"}';
  const [alarms, others] = [{ source: ['aws.cloudwatch'] }, { source: ['aws.ecs'] }];
  const rules = [
    { pattern: alarms, targets: [target('trigger')] },
    { pattern: alarms, targets: [target('guard', warm), target('else', '{}')] },
    { pattern: others, targets: [target('ecs', warm)] },
    { targets: [target('scheduled', warm)] },
  ];
  expect(startedBeside('trigger', rules)).toEqual(['guard']);
  expect(startedBeside('ecs', rules)).toEqual([]);
  expect(functionsOf(pathOf([], ['ecs']))).toEqual(['trigger', 'ecs', 'guard']);
});
