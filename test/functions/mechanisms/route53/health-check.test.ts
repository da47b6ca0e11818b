import type { HealthCheckConfig, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { capacityOf } from '../../../../functions/mechanisms/route53/capacity.ts';
import type { WeightedRecord } from '../../../../functions/mechanisms/route53/route53.ts';
import { readHealthCheck } from '../../../../functions/mechanisms/route53/health-check.ts';

/** Creates a client that knows one health check. */
function client(config: Partial<HealthCheckConfig>, reports: readonly string[]): Route53Client {
  const send = (command: object) =>
    Promise.resolve(
      command.constructor.name === 'GetHealthCheckCommand'
        ? { HealthCheck: { HealthCheckConfig: { Type: 'HTTPS', ...config } } }
        : { HealthCheckObservations: reports.map((Status) => ({ StatusReport: { Status } })) },
    );
  return { send } as unknown as Route53Client;
}

const success = 'Success: HTTP Status Code 200, OK';
const failure = 'Failure: Connection timed out.';

describe('a health check', () => {
  it.each([
    ['healthy', {}, [success, success, failure, failure, failure, failure]],
    ['unhealthy', {}, [success, failure, failure, failure, failure, failure]],
    ['unhealthy', { Inverted: true }, [success, success]],
    ['healthy', { Inverted: true }, [failure, failure]],
    ['unknown', {}, []],
    ['unknown', { Inverted: true }, []],
    ['unknown', { Inverted: true }, ['', '']],
    ['healthy', {}, [success, '', '', '', '', '']],
    ['unknown', { Type: 'CALCULATED' as const }, [success]],
    ['unwatched', { Disabled: true }, [success]],
    ['unhealthy', { Disabled: true, Inverted: true }, [success]],
  ])('is %s: %j %j', async (state, config, reports) => {
    expect((await readHealthCheck(client(config, reports), 'h')).state).toBe(state);
  });

  it.each(['unknown', 'unhealthy'] as const)(
    'that is %s keeps its record from getting more traffic',
    async (state) => {
      const record = {
        identifier: 'v1',
        weight: 0,
        healthCheck: 'h',
        alias: null,
      } as unknown as WeightedRecord;
      const healthCheck = () => Promise.resolve({ state, says: 'the reason' });
      const of = [[record], { v1: 0, v2: 100 }, { v1: 100, v2: 0 }, [null]] as const;
      expect((await capacityOf(...of, healthCheck)).blockers).toEqual(['v1 cannot take it: the reason']);
      expect((await capacityOf(...of, null)).blockers).toEqual([]);
    },
  );

  it('that is gone is unknown', async () => {
    const error = Object.assign(new Error('gone'), { name: 'NoSuchHealthCheck' });
    const gone = { send: () => Promise.reject(error) } as unknown as Route53Client;
    expect((await readHealthCheck(gone, 'h')).state).toBe('unknown');
  });
});
