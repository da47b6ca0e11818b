import {
  GetHealthCheckCommand,
  GetHealthCheckStatusCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Reading } from './route53.ts';

/** Types that watch an endpoint. Only for these can the checkers' results be read. */
const OF_ENDPOINTS = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html */
const HEALTHY_ABOVE = 0.18;

/** Reads a health check as Route 53 judges it: healthy if more than 18 % of its checkers reach the endpoint. */
export async function readHealthCheck(client: Pick<Route53Client, 'send'>, id: string): Promise<Reading> {
  try {
    const { HealthCheck } = await client.send(new GetHealthCheckCommand({ HealthCheckId: id }));
    const { Type = '', Disabled, Inverted } = HealthCheck?.HealthCheckConfig ?? {};
    if (Disabled === true) return disabled(id, Inverted === true);
    if (!OF_ENDPOINTS.includes(Type))
      return { state: 'unknown', says: `the result of health check ${id} of type ${Type} cannot be read` };
    const { HealthCheckObservations = [] } = await client.send(
      new GetHealthCheckStatusCommand({ HealthCheckId: id }),
    );
    return judged(
      id,
      HealthCheckObservations.map(({ StatusReport }) => StatusReport?.Status ?? ''),
      Inverted === true,
    );
  } catch (error) {
    if (!isNamed(error, 'NoSuchHealthCheck')) throw error;
    return { state: 'unknown', says: `there is no health check ${id}` };
  }
}

/**
 * Reads a disabled health check. Route 53 takes it to be healthy, unless it is inverted: operators take a record out of
 * the answers like this. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
function disabled(id: string, inverted: boolean): Reading {
  return inverted
    ? { state: 'unhealthy', says: `health check ${id} is disabled and inverted, which keeps users away` }
    : { state: 'unwatched', says: `health check ${id} is disabled` };
}

function judged(id: string, reports: readonly string[], inverted: boolean): Reading {
  const said = reports.filter((report) => /^(Success|Failure)/.test(report));
  if (said.length === 0) return { state: 'unknown', says: `no checker has reported to health check ${id}` };
  const passed = said.filter((report) => report.startsWith('Success')).length;
  const isHealthy = passed / said.length > HEALTHY_ABOVE !== inverted;
  const says = `${passed} of ${said.length} checkers of health check ${id} report success${inverted ? ', and it is inverted' : ''}`;
  return { state: isHealthy ? 'healthy' : 'unhealthy', says };
}
