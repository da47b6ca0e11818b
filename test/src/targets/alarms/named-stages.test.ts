import { describe, expect, it } from 'vitest';
import { namedStagesWith } from '../../../../src/targets/alarms/named-stages.ts';

const arn = (path: string) => `arn:aws:apigateway:eu-west-1::${path}`;
const STAGE = arn('/restapis/a1b2c3d4e5/stages/prod');

/** Looks dimensions up among these APIs, where these resources opted in. */
function looking(apis: Readonly<Record<string, string>>, optedIn: readonly string[] = [STAGE]) {
  let reads = 0;
  const lookUp = namedStagesWith({
    optedIn: () => Promise.resolve(optedIn.map((one) => ({ arn: one, tags: { lastgood: 'auto' } }))),
    names: () => {
      reads += 1;
      return Promise.resolve(new Map(Object.entries(apis)));
    },
  });
  return { lookUp, reads: () => reads };
}

const PROD = { ApiName: 'checkout', Stage: 'prod' };

describe('a stage by the name of its API', () => {
  it('is found by its id', async () => {
    const { lookUp } = looking({ a1b2c3d4e5: 'checkout', f6a7b8c9d0: 'cart' });
    expect(await lookUp([PROD, { ...PROD, Method: 'GET' }])).toEqual(['apigateway:a1b2c3d4e5/prod']);
  });

  it('is found without the characters that metrics drop', async () => {
    const { lookUp } = looking({ a1b2c3d4e5: 'checköout' });
    expect(await lookUp([{ ...PROD, ApiName: 'checkout' }])).toEqual(['apigateway:a1b2c3d4e5/prod']);
  });

  it.each([
    ['two APIs have the name', { a1b2c3d4e5: 'checkout', f6a7b8c9d0: 'checkout' }],
    ['two APIs have the name in metrics', { a1b2c3d4e5: 'checkout', f6a7b8c9d0: 'checkoutü' }],
    ['another API has the name', { a1b2c3d4e5: 'cart', f6a7b8c9d0: 'checkout' }],
    ['no API has the name', { a1b2c3d4e5: 'cart' }],
  ])('is not found if %s', async (_, apis) => {
    expect(await looking(apis).lookUp([PROD])).toEqual([]);
  });

  it.each([
    ['no stage', { ApiName: 'checkout' }],
    ['nothing of API Gateway', { FunctionName: 'checkout' }],
    ['a stage that did not opt in', { ApiName: 'checkout', Stage: 'beta' }],
  ])('costs no call of API Gateway if the dimensions name %s', async (_, dimensions) => {
    const { lookUp, reads } = looking({ a1b2c3d4e5: 'checkout' });
    expect([await lookUp([dimensions]), reads()]).toEqual([[], 0]);
  });

  it('is not that of an HTTP API', async () => {
    const { lookUp } = looking({ a1b2c3d4e5: 'checkout' }, [arn('/apis/http123456/stages/prod')]);
    expect(await lookUp([PROD])).toEqual([]);
  });
});
