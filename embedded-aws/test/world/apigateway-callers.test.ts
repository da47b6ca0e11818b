import { describe, expect, it } from 'vitest';
import { ApiGatewayWorld, BAD, GOOD } from './apigateway-world.ts';

const REQUESTS = 100;

/** Calls every stage this often in each of so many seconds. */
async function serve(world: ApiGatewayWorld, seconds: number) {
  const answers = [];
  for (let second = 0; second < seconds; second++) {
    answers.push(...world.apigateway.callers.serve(REQUESTS, world.clock.now()));
    await world.pass(1);
  }
  return answers;
}

type Counted = readonly { readonly status: number; readonly count: number }[];
const sum = (answers: Counted) => answers.reduce((total, { count }) => total + count, 0);
const failed = (answers: Counted) => sum(answers.filter(({ status }) => status !== 200)) / sum(answers);

describe('users of a stage', () => {
  it('meet its deployment', async () => {
    const world = new ApiGatewayWorld();
    expect(failed(await serve(world, 5))).toBe(0);
    world.release(BAD);
    expect(failed(await serve(world, 5))).toBe(1);
  });

  it('meet its canary by its share', async () => {
    const world = new ApiGatewayWorld();
    world.canary(BAD, 20);
    const share = failed(await serve(world, 60));
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  it('meet what stage variables ask for, and what a canary overrides', async () => {
    const world = new ApiGatewayWorld();
    world.canary(GOOD, 100, { EMBEDDED_AWS_ERRORS: '1' });
    expect(failed(await serve(world, 5))).toBe(1);
  });

  it('all fail when what is behind every deployment is down', async () => {
    const world = new ApiGatewayWorld();
    world.apigateway.callers.failAll(1);
    expect(failed(await serve(world, 1))).toBe(1);
  });

  it('fail at a deployment without the variables it was written for, which is a move that hurts', async () => {
    const world = new ApiGatewayWorld();
    await serve(world, 1);
    world.release({ ...GOOD, expects: { backend: 'v2' } });
    expect(failed(await serve(world, 1))).toBe(1);
    expect(world.apigateway.callers.violations()).toEqual([
      expect.stringMatching(/moved 100 % of its requests to deployment \w+, without its variables$/),
    ]);
    world.patch({ op: 'replace', path: '/variables/backend', value: 'v2' });
    expect(failed(await serve(world, 1))).toBe(0);
  });
});

describe('metrics of a stage', () => {
  it('come each minute by the name of the API, and the average of 5XXError is the rate', async () => {
    const world = new ApiGatewayWorld();
    world.canary(BAD, 50);
    await serve(world, 60);
    await serve(world, 50);
    const of = (name: string) =>
      world.measured.filter((datum) => datum.name === name && 'Stage' in datum.dimensions);
    const count = (data: readonly { readonly count?: number }[]) =>
      data.reduce((total, { count: many = 1 }) => total + many, 0);
    expect(of('Count').map(({ dimensions }) => dimensions)).toEqual([{ ApiName: 'checkout', Stage: 'prod' }]);
    expect(count(of('Count'))).toBe(60 * REQUESTS);
    const errors = of('5XXError');
    expect(count(errors)).toBe(60 * REQUESTS);
    expect(count(errors.filter(({ value }) => value === 1)) / count(errors)).toBeCloseTo(0.5, 1);
    expect(of('Latency')).toMatchObject([{ value: 100, unit: 'Milliseconds' }]);
    expect(world.measured.some(({ dimensions }) => Object.keys(dimensions).join() === 'ApiName')).toBe(true);
  });

  it('of APIs with one name are one metric, without the characters that are not ASCII', async () => {
    const world = new ApiGatewayWorld();
    const other = world.call('CreateRestApi', { name: 'checkoutü' }).id;
    world.call('CreateDeployment', { restApiId: other, stageName: 'prod' });
    await serve(world, 60);
    await serve(world, 50);
    const requests = world.measured.filter(
      ({ name, dimensions }) => name === 'Count' && 'Stage' in dimensions,
    );
    expect(requests.map(({ count }) => count)).toEqual([2 * 60 * REQUESTS]);
  });
});
