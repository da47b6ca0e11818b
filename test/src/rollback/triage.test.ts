import { describe, expect, it } from 'vitest';
import { NO_TRACES, triageOf, type Stop, type Traces } from '../../../src/rollback/triage.ts';

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
