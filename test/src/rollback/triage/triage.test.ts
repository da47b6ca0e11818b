import { describe, expect, it } from 'vitest';
import { NO_TRACES, type Stop, type Traces } from '../../../../src/rollback/triage/traces.ts';
import { triageOf } from '../../../../src/rollback/triage/triage.ts';

function stop(changes: Partial<Stop> = {}): Stop {
  return { isAtFault: true, code: '', reason: '', containers: [], line: 'the stop', ...changes };
}

const exited = (exitCode?: number, reason = ''): Partial<Stop> => ({
  code: 'EssentialContainerExited',
  containers: [
    { name: 'sidecar', exitCode: 0, reason: '' },
    { name: 'app', reason, ...(exitCode !== undefined && { exitCode }) },
  ],
});

const notStarted = (reason: string): Partial<Stop> => ({ code: 'TaskFailedToStart', reason });

const INIT =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ';
const DENIED = 'AccessDeniedException: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ';

const stops = (...each: readonly Partial<Stop>[]): Partial<Traces> => ({ stops: each.map(stop) });

describe('the likely cause', () => {
  it.each<[string, Partial<Traces>, string, string]>([
    ['a kill for memory', stops(exited(137)), 'out-of-memory', 'Container app ran out of memory.'],
    [
      'the reason, with any exit code',
      stops(exited(1, 'OutOfMemoryError: Container killed due to memory usage')),
      'out-of-memory',
      'Container app ran out of memory.',
    ],
    [
      'the reason of the task alone',
      stops(notStarted('OutOfMemoryError: container killed')),
      'out-of-memory',
      'A task ran out of memory.',
    ],
    [
      'a secret that is denied',
      stops(
        notStarted(
          `${INIT}unable to retrieve secret from asm: ${DENIED}secretsmanager:GetSecretValue on resource: x`,
        ),
      ),
      'permission',
      'A role of the tasks lacks secretsmanager:GetSecretValue, which their start needs.',
    ],
    [
      'a role that cannot be assumed',
      stops({ ...exited(1), reason: 'ECS was unable to assume the role arn:aws:iam::1:role/x' }),
      'permission',
      'A role of the tasks lacks a permission, which their start needs.',
    ],
    [
      'a parameter that is missing',
      stops(notStarted(`${INIT}unable to retrieve secrets from ssm: invalid ssm parameters: /x`)),
      'secret',
      'Tasks could not start: a secret or parameter could not be read.',
    ],
    [
      'an image that is missing',
      stops({
        code: 'TaskFailedToStart',
        containers: [{ name: 'app', reason: 'CannotPullContainerError: not found' }],
      }),
      'image-pull',
      'Tasks could not start: an image could not be pulled.',
    ],
    [
      'capacity of the provider',
      stops(notStarted('Capacity is unavailable at this time.')),
      'placement',
      'AWS had no room for tasks.',
    ],
    [
      'a complaint of the scheduler',
      {
        complaints: [
          '(service x) was unable to place a task because no container instance met all of its requirements.',
        ],
      },
      'placement',
      'AWS could not place tasks.',
    ],
    [
      'a heap of which only the log speaks',
      { ...stops(exited(134)), logs: ['JavaScript heap out of memory'] },
      'out-of-memory',
      'A process ran out of memory.',
    ],
    [
      'a crash without a database',
      { ...stops(exited(1)), logs: ['connect ECONNREFUSED 10.0.0.1:5432'] },
      'dependency',
      'The application could not reach a dependency.',
    ],
    [
      'a crash without a permission',
      { ...stops(exited(1)), logs: [`${DENIED}s3:GetObject on resource: x`] },
      'permission',
      'The application exits, because its role lacks s3:GetObject.',
    ],
    [
      'a crash without a permission that is not named',
      { ...stops(exited(1)), logs: ['AccessDenied'] },
      'permission',
      'The application exits, because its role lacks a permission.',
    ],
    [
      'a heap of which only the log of running tasks speaks',
      { logs: ['java.lang.OutOfMemoryError: Java heap space'] },
      'out-of-memory',
      'A process ran out of memory.',
    ],
    ['a crash', { ...stops(exited(1)), logs: ['TypeError'] }, 'crash', 'Container app exits with code 1.'],
    ['an exit with code 0', stops(exited(0)), 'crash', 'The application exits.'],
    ['an exit without a code', stops(exited()), 'crash', 'The application exits.'],
    [
      'a container that cannot be started',
      stops({
        code: 'TaskFailedToStart',
        containers: [{ name: 'app', reason: 'CannotStartContainerError: exec: not found' }],
      }),
      'crash',
      'The application exits.',
    ],
    [
      'a halved count',
      { count: { before: 6, now: 1 }, logs: ['connection refused'] },
      'count-changed',
      'The release lowered the desired count from 6 to 1.',
    ],
    [
      'errors without a database',
      { count: { before: 6, now: 5 }, logs: ['could not connect to server'] },
      'dependency',
      'The application could not reach a dependency.',
    ],
    [
      'checks of the load balancer, with a kill by ECS',
      stops({
        code: 'ServiceSchedulerInitiated',
        reason: 'Task failed ELB health checks in (target-group x)',
        containers: [{ name: 'app', exitCode: 137, reason: '' }],
      }),
      'health-check',
      'Tasks ran, and failed their health checks.',
    ],
    [
      'checks that only the scheduler mentions',
      { complaints: ['(service x) (task y) failed container health checks.'] },
      'health-check',
      'Tasks ran, and failed their health checks.',
    ],
    [
      'targets with a wrong code',
      {
        unhealthy: [
          'blue: 10.0.0.1 unhealthy, Target.ResponseCodeMismatch: Health checks failed with these codes: [503]',
        ],
      },
      'health-check',
      'Targets answer their health checks with a wrong code (503).',
    ],
    [
      'targets with a wrong code that is not named',
      { unhealthy: ['blue: 10.0.0.1 unhealthy, Target.ResponseCodeMismatch'] },
      'health-check',
      'Targets answer their health checks with a wrong code.',
    ],
    [
      'targets that time out',
      { unhealthy: ['blue: 10.0.0.1 unhealthy, Target.Timeout: Request timed out'] },
      'health-check',
      'Targets do not answer their health checks in time.',
    ],
    [
      'targets',
      { unhealthy: ['blue: 10.0.0.1 unhealthy'] },
      'health-check',
      'Targets failed their health checks.',
    ],
    ['nothing', { logs: ['all is well'] }, 'unknown', 'Nothing that was found names a cause.'],
    [
      'stops of another revision',
      { stops: [stop({ ...exited(137), isAtFault: false })] },
      'unknown',
      'Nothing that was found names a cause.',
    ],
    [
      'tasks that were only scaled in',
      stops({
        code: 'ServiceSchedulerInitiated',
        reason: 'Scaling activity initiated by (deployment x)',
        containers: [{ name: 'app', exitCode: 137, reason: '' }],
      }),
      'unknown',
      'Nothing that was found names a cause.',
    ],
  ])('is read from %s', (_, traces, cause, says) => {
    expect(triageOf({ ...NO_TRACES, ...traces })).toMatchObject({ cause, says });
  });

  it('rests on at most three lines, each once', () => {
    const lines = ['a', 'a', 'b', 'c', 'd'];
    const { because } = triageOf({ ...NO_TRACES, stops: lines.map((line) => stop({ ...exited(1), line })) });
    expect(because).toEqual(['a', 'b', 'c']);
  });
});

const INSUFFICIENT =
  'We currently do not have sufficient m5.large capacity in the Availability Zone you requested (eu-west-1a). Launching EC2 instance failed.';

describe('the likely cause of bad instances', () => {
  it.each<[string, Partial<Traces>, string, string]>([
    [
      'an image that is gone',
      {
        launches: [
          "Could not launch On-Demand Instances. InvalidAMIID.NotFound - The image id '[ami-1]' does not exist.",
        ],
      },
      'launch',
      'Instances could not be launched: their image cannot be used.',
    ],
    [
      'a missing key',
      { launches: ['The key pair x does not exist.'] },
      'launch',
      'Instances could not be launched.',
    ],
    ['no capacity', { launches: [INSUFFICIENT] }, 'placement', 'AWS had no capacity for instances.'],
    [
      'a quota',
      { launches: ['You have requested more vCPU capacity than your current vCPU limit of 32 allows.'] },
      'placement',
      'AWS had no capacity for instances.',
    ],
    [
      'a refused launch',
      { launches: ['You are not authorized to perform this operation. Launching EC2 instance failed.'] },
      'permission',
      'Auto Scaling may not launch instances.',
    ],
    [
      'a key of a volume',
      { launches: ['Client.InternalError: Client error on launch.'] },
      'permission',
      'Auto Scaling may not launch instances.',
    ],
    [
      'a refresh that names capacity',
      { refreshes: [INSUFFICIENT] },
      'placement',
      'AWS had no capacity for instances.',
    ],
    [
      'a refresh that names a check',
      { refreshes: ['Instances failed their health checks.'] },
      'health-check',
      'Instances failed the checks of the refresh.',
    ],
    [
      'a refresh that names its alarm',
      { refreshes: ['The CloudWatch alarm x went into ALARM state.'] },
      'unknown',
      'Nothing that was found names a cause.',
    ],
    [
      'a check that ousted them',
      { ousted: ['an ELB system health check failure'], unhealthy: ['web: i-1 unhealthy'] },
      'health-check',
      'Instances were taken out of service, because they failed their checks.',
    ],
    [
      'a process that the kernel killed',
      {
        ousted: ['x'],
        boots: ['Out of memory: Killed process 812 (java)', 'Failed to run module scripts-user'],
      },
      'out-of-memory',
      'A process of an instance ran out of memory.',
    ],
    [
      'a start script that failed',
      { boots: ['cc_scripts_user.py[WARNING]: Failed to run module scripts-user'] },
      'crash',
      'The start script of an instance failed.',
    ],
    [
      'a dependency that the console names',
      { boots: ['connect ECONNREFUSED 10.0.9.17:5432'] },
      'dependency',
      'An instance could not reach a dependency.',
    ],
    [
      'a unit of an ousted instance',
      { ousted: ['x'], boots: ['[FAILED] Failed to start checkout.service.'] },
      'crash',
      'A unit of an instance failed to start.',
    ],
    [
      'a unit behind an unhealthy target',
      { unhealthy: ['web: i-1 unhealthy'], boots: ['Kernel panic - not syncing'] },
      'crash',
      'A unit of an instance failed to start.',
    ],
    [
      'a unit of a healthy instance',
      { boots: ['Failed to start audit.service'] },
      'unknown',
      'Nothing that was found names a cause.',
    ],
  ])('is found: %s', (_, traces, cause, says) => {
    expect(triageOf({ ...NO_TRACES, ...traces })).toMatchObject({ cause, says });
  });
});

describe('the likely cause of failed invocations', () => {
  const report = (status: string, memory = '70') =>
    `REPORT RequestId: x\tDuration: 9 ms\tMemory Size: 128 MB\tMax Memory Used: ${memory} MB\t${status}`;

  it.each<[string, string, string]>([
    [
      'RequestId: x Error: Runtime exited with error: signal: killed Runtime.ExitError',
      'out-of-memory',
      'The function ran out of memory.',
    ],
    [
      report('Status: error\tError Type: Runtime.OutOfMemory'),
      'out-of-memory',
      'The function ran out of memory.',
    ],
    [report('Status: timeout', '128'), 'out-of-memory', 'The function ran out of memory.'],
    ['[ERROR] MemoryError', 'out-of-memory', 'The function ran out of memory.'],
    ['{"errorType":"Runtime.ImportModuleError"}', 'crash', 'The function fails while it starts.'],
    [
      'INIT_REPORT Init Duration: 1 ms\tPhase: init\tStatus: error\tError Type: Extension.Crash',
      'crash',
      'The function fails while it starts.',
    ],
    [
      "[ERROR] Runtime.ImportModuleError: Unable to import module 'app'",
      'crash',
      'The function fails while it starts.',
    ],
    [
      '{"type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"failure"}}',
      'crash',
      'The function fails while it starts.',
    ],
    [
      `ERROR ${DENIED}dynamodb:Query on resource: x`,
      'permission',
      'The function fails, because its role lacks dynamodb:Query.',
    ],
    ['AccessDenied', 'permission', 'The function fails, because its role lacks a permission.'],
    ['Error: connect ETIMEDOUT 10.0.0.1:5432', 'dependency', 'The function could not reach a dependency.'],
    ['x Task timed out after 3.00 seconds', 'timeout', 'The function runs into its timeout.'],
    [report('Status: timeout'), 'timeout', 'The function runs into its timeout.'],
    [
      '{"type":"platform.report","record":{"status":"timeout"}}',
      'timeout',
      'The function runs into its timeout.',
    ],
    [
      'ERROR\tInvoke Error\t{"errorType":"TypeError","errorMessage":"x"}',
      'crash',
      'The function fails with TypeError.',
    ],
    ["[ERROR] KeyError: 'cart'", 'crash', 'The function fails with KeyError.'],
    ['Traceback (most recent call last):', 'crash', 'The function fails.'],
    ['ERROR: the cart is empty', 'unknown', 'Nothing that was found names a cause.'],
  ])('is found in %j', (line, cause, says) => {
    expect(triageOf({ ...NO_TRACES, invocations: ['retrying', line] })).toMatchObject({ cause, says });
  });

  it('is memory before the timeout that follows from it', () => {
    const invocations = ['x Task timed out after 3.00 seconds', 'signal: killed'];
    expect(triageOf({ ...NO_TRACES, invocations }).cause).toBe('out-of-memory');
  });
});
