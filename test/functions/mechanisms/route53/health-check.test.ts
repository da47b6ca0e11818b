import type { HealthCheckConfig, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
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
    ['unknown', { Type: 'CALCULATED' as const }, [success]],
    ['unwatched', { Disabled: true }, [success]],
    ['unhealthy', { Disabled: true, Inverted: true }, [success]],
  ])('is %s: %j %j', async (state, config, reports) => {
    expect((await readHealthCheck(client(config, reports), 'h')).state).toBe(state);
  });

  it('that is gone is unknown', async () => {
    const error = Object.assign(new Error('gone'), { name: 'NoSuchHealthCheck' });
    const gone = { send: () => Promise.reject(error) } as unknown as Route53Client;
    expect((await readHealthCheck(gone, 'h')).state).toBe('unknown');
  });
});
