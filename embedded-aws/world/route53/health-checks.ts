import type {
  CreateHealthCheckRequest,
  CreateHealthCheckResponse,
  DeleteHealthCheckRequest,
  GetHealthCheckRequest,
  GetHealthCheckResponse,
  GetHealthCheckStatusRequest,
  GetHealthCheckStatusResponse,
  HealthCheck as Answer,
  UpdateHealthCheckRequest,
  UpdateHealthCheckResponse,
} from '@aws-sdk/client-route-53';
import type { Surroundings } from '../aws.ts';
import type { Backends } from '../seams.ts';
import { AwsError } from '../service.ts';
import { arnOf, may, REQUESTS } from './access.ts';
import { findHealthCheck, type HealthCheck, type Route53State } from './state.ts';

/** The locations of the checkers. Each reports its result; here they are all equal. */
const CHECKERS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-northeast-1',
  'sa-east-1',
] as const;

export function healthCheckOperations(surroundings: Surroundings, state: Route53State, backends: Backends) {
  return {
    CreateHealthCheck: {
      bucket: REQUESTS,
      authorize: () => may('CreateHealthCheck'),
      run: (input: CreateHealthCheckRequest) => create(surroundings, state, backends, input),
    },
    GetHealthCheck: {
      bucket: REQUESTS,
      authorize: ({ HealthCheckId }: GetHealthCheckRequest) =>
        may('GetHealthCheck', arnOf('healthcheck', HealthCheckId)),
      run: ({ HealthCheckId }: GetHealthCheckRequest): GetHealthCheckResponse => ({
        HealthCheck: answer(findHealthCheck(state, HealthCheckId)),
      }),
    },
    UpdateHealthCheck: {
      bucket: REQUESTS,
      authorize: ({ HealthCheckId }: UpdateHealthCheckRequest) =>
        may('UpdateHealthCheck', arnOf('healthcheck', HealthCheckId)),
      run: (input: UpdateHealthCheckRequest) => update(state, input),
    },
    // A record that names it stays (API_DeleteHealthCheck). Its health cannot be predicted then; here it is healthy.
    DeleteHealthCheck: {
      bucket: REQUESTS,
      authorize: ({ HealthCheckId }: DeleteHealthCheckRequest) =>
        may('DeleteHealthCheck', arnOf('healthcheck', HealthCheckId)),
      run: ({ HealthCheckId }: DeleteHealthCheckRequest) => {
        state.healthChecks.delete(findHealthCheck(state, HealthCheckId).id);
        return {};
      },
    },
    GetHealthCheckStatus: {
      bucket: REQUESTS,
      authorize: ({ HealthCheckId }: GetHealthCheckStatusRequest) =>
        may('GetHealthCheckStatus', arnOf('healthcheck', HealthCheckId)),
      run: ({ HealthCheckId }: GetHealthCheckStatusRequest) => status(findHealthCheck(state, HealthCheckId)),
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: Route53State,
  backends: Backends,
  { CallerReference = '', HealthCheckConfig: config }: CreateHealthCheckRequest,
): CreateHealthCheckResponse {
  if (config?.IPAddress === undefined || !['HTTP', 'HTTPS', 'TCP'].includes(config.Type ?? ''))
    throw new AwsError('InvalidInput', 'Only checks of an endpoint with an IP address are modelled here');
  const found: HealthCheck = {
    ...{
      id: random(`route53/health-check/${CallerReference}`).uuid(),
      callerReference: CallerReference,
      config,
    },
    // "Route 53 considers a new health check to be healthy until there's enough data": API_CreateHealthCheck.
    ...{ version: 1, healthy: true, passing: true, streak: 0, checkedAt: new Date(clock.now()) },
  };
  state.healthChecks.set(found.id, found);
  clock.every((config.RequestInterval ?? 30) * 1000, () => check(found, backends, new Date(clock.now())));
  return {
    HealthCheck: answer(found),
    Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${found.id}`,
  };
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html */
function update(state: Route53State, input: UpdateHealthCheckRequest): UpdateHealthCheckResponse {
  const { HealthCheckId, HealthCheckVersion, ResetElements = [], ...changed } = input;
  const found = findHealthCheck(state, HealthCheckId);
  if (ResetElements.length > 0) throw new Error('the embedded AWS does not model ResetElements');
  if (HealthCheckVersion !== undefined && HealthCheckVersion !== found.version)
    throw new AwsError('HealthCheckVersionMismatch', `The health check has version ${found.version}`, 409);
  found.config = { ...found.config, ...changed };
  found.version += 1;
  return { HealthCheck: answer(found) };
}

/**
 * Returns the health that Route 53 uses: a disabled check counts as healthy, and an inverted one is reversed.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export function isHealthy({ healthy, config: { Disabled = false, Inverted = false } }: HealthCheck): boolean {
  return (Disabled || healthy) !== Inverted;
}

/** Changes the health after enough contrary checks in a row (API_HealthCheckConfig, `FailureThreshold`). */
function check(found: HealthCheck, backends: Backends, now: Date): void {
  const { IPAddress = '', Port = 80, FailureThreshold = 3, Disabled = false } = found.config;
  if (Disabled) return;
  found.passing = backends.answers({ id: IPAddress, port: Port })?.health === 'passes';
  found.checkedAt = now;
  found.streak = found.passing === found.healthy ? 0 : found.streak + 1;
  if (found.streak < FailureThreshold) return;
  found.healthy = found.passing;
  found.streak = 0;
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_StatusReport.html */
function status({ passing, checkedAt }: HealthCheck): GetHealthCheckStatusResponse {
  const Status = passing
    ? 'Success: HTTP Status Code 200, OK'
    : 'Failure: The health checker could not establish a connection within the timeout limit.';
  return {
    HealthCheckObservations: CHECKERS.map((Region, i) => ({
      Region,
      IPAddress: `192.0.2.${i + 1}`,
      StatusReport: { Status, CheckedTime: checkedAt },
    })),
  };
}

function answer({ id, callerReference, config, version }: HealthCheck): Answer {
  return { Id: id, CallerReference: callerReference, HealthCheckConfig: config, HealthCheckVersion: version };
}
