import { describe, expect, it } from 'vitest';
import { BAD, GOOD, LambdaWorld } from './lambda-world.ts';

const REQUESTS = 100;

/** Calls every alias this often in each of so many seconds, and waits for the metrics. */
async function serve(world: LambdaWorld, seconds: number) {
  const answers = [];
  for (let second = 0; second < seconds; second++) {
    answers.push(...world.lambda.callers.serve(REQUESTS, world.clock.now()));
    await world.pass(1);
  }
  return answers;
}

type Counted = readonly { readonly status: number; readonly count: number }[];
const sum = (answers: Counted) => answers.reduce((total, { count }) => total + count, 0);
const failed = (answers: Counted) => sum(answers.filter(({ status }) => status !== 200)) / sum(answers);

describe('callers of an alias', () => {
  it('reach its versions by their weights', async () => {
    const world = new LambdaWorld();
    world.canary(world.publish(BAD), 0.2);
    const share = failed(await serve(world, 60));
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  it('make a failing version write its lines, once a minute, to a stream that names the version', async () => {
    const world = new LambdaWorld();
    world.call('UpdateFunctionConfiguration', {
      FunctionName: 'checkout',
      LoggingConfig: { LogGroup: '/shop/functions' },
    });
    const version = world.publish({ ...BAD, logs: ['TypeError'] });
    await serve(world, 60);
    expect(world.logs.lines).toEqual([]);
    world.canary(version, 0.2);
    await serve(world, 90);
    const streams = new Set(world.logs.lines.map(({ group, stream }) => `${group} ${stream}`));
    expect([...streams]).toEqual([
      expect.stringMatching(/^\/shop\/functions \d{4}\/\d\d\/\d\d\/checkout\[2\][0-9a-f]{32}$/),
    ]);
    expect(world.logs.lines.map(({ message }) => message)).toEqual(['TypeError', 'TypeError']);
    const { LoggingConfig } = world.call('GetFunctionConfiguration', {
      FunctionName: 'checkout',
      Qualifier: '1',
    });
    expect(LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup: '/aws/lambda/checkout' });
  });

  it('wake a version that was idle for long, and fail until it is awake', async () => {
    const world = new LambdaWorld();
    world.lambda.let('checkout', '1', 'Inactive');
    expect(failed(await serve(world, 1))).toBe(1);
    const state = () =>
      world.call('GetFunctionConfiguration', { FunctionName: 'checkout', Qualifier: '1' }).State;
    expect(state()).toBe('Pending');
    await world.pass(60);
    expect([state(), failed(await serve(world, 1))]).toEqual(['Active', 0]);
  });

  it('all fail when what is behind every version is down', async () => {
    const world = new LambdaWorld();
    world.lambda.callers.failAll(1);
    expect(failed(await serve(world, 1))).toBe(1);
  });

  it('become metrics of the function, the alias and the version that answered', async () => {
    const world = new LambdaWorld();
    world.canary(world.publish(BAD), 1);
    await serve(world, 61);
    await world.pass(60);
    const alias = { FunctionName: 'checkout', Resource: 'checkout:live' };
    for (const dimensions of [{ FunctionName: 'checkout' }, alias, { ...alias, ExecutedVersion: '2' }]) {
      const of = (name: string) =>
        world.measured
          .filter(
            (datum) => datum.name === name && JSON.stringify(datum.dimensions) === JSON.stringify(dimensions),
          )
          .map(({ value, count }) => [value, count]);
      expect(of('Invocations')).toEqual([[1, 60 * REQUESTS]]);
      expect(of('Errors')).toEqual([[1, 60 * REQUESTS]]);
      expect(of('Duration')).toEqual([[100, 60 * REQUESTS]]);
    }
  });

  it('are never moved to a version that cannot be invoked; such a move is reported', async () => {
    const world = new LambdaWorld();
    await serve(world, 1);
    world.lambda.let('checkout', world.publish(GOOD), 'Failed');
    world.update({ FunctionVersion: '2' });
    await serve(world, 1);
    expect(world.lambda.callers.violations()).toEqual([
      expect.stringContaining('checkout:live moved 100 % of its invocations to version 2: Failed'),
    ]);
  });
});
