import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { APPLICATION } from '../../../scripts/verify-on-aws/parts/configured.ts';

interface Datum {
  readonly MetricName: string;
  readonly Value: number;
  readonly Dimensions: readonly object[];
}

/** Loads the application as Lambda does, with the clients of its runtime replaced. */
function load(content: object) {
  let now = 0;
  let reads = 0;
  const published: Datum[] = [];
  class Command {
    readonly input: { readonly MetricData?: readonly Datum[] };
    constructor(input: object) {
      this.input = input;
    }
  }
  class Client {
    send({ input }: Command): Promise<object> {
      if (input.MetricData !== undefined) published.push(...input.MetricData);
      // AppConfig returns a configuration once, and nothing while it is unchanged.
      const isNew = 'ConfigurationToken' in input && reads++ === 0;
      const Configuration = new TextEncoder().encode(isNew ? JSON.stringify(content) : '');
      return Promise.resolve({
        InitialConfigurationToken: 'a',
        NextPollConfigurationToken: 'b',
        Configuration,
      });
    }
  }
  const exported: { handler?: () => Promise<string> } = {};
  runInNewContext(APPLICATION, {
    ...{ exports: exported, TextDecoder, Date: { now: () => now } },
    process: { env: { APPLICATION: 'a', ENVIRONMENT: 'e', PROFILE: 'p', NAME: 'shop/prod' } },
    require: () => ({
      ...{ AppConfigDataClient: Client, CloudWatchClient: Client, PutMetricDataCommand: Command },
      ...{ StartConfigurationSessionCommand: Command, GetLatestConfigurationCommand: Command },
    }),
  });
  const call = (at: number) => {
    now = at;
    return exported.handler?.();
  };
  return { call, published, reads: () => reads };
}

test('the application behaves as its configuration says, and publishes what it counted', async () => {
  const { call, published, reads } = load({ EMBEDDED_AWS_ERRORS: '1' });
  expect([await call(1_000), await call(20_000), await call(21_000), await call(40_000)]).toEqual([
    ...['good', 'bad', 'bad', 'bad'],
  ]);
  expect(reads()).toBe(2);
  expect(published.map(({ MetricName, Value }) => `${MetricName} ${Value}`)).toEqual([
    ...['Requests 2', 'Errors 1', 'Requests 2', 'Errors 2'],
  ]);
  expect(published[0]?.Dimensions).toEqual([{ Name: 'Environment', Value: 'shop/prod' }]);
});
