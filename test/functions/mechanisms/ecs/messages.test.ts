import { describe, expect, test } from 'vitest';
import { lastComplaint, quoting } from '../../../../functions/mechanisms/ecs/messages.ts';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;
const said = (...lines: readonly [minute: number, text: string][]) => ({
  messages: lines.map(([minute, text]) => ({ at: at(minute), text: `(service checkout) ${text}` })),
});

const ROUTINE = [
  'has started 2 tasks: (task 1) (task 2).',
  'has stopped 1 running tasks: (task 1).',
  'has begun draining connections on 2 tasks.',
  'registered 1 targets in (target-group x)',
  'deregistered 1 targets in (target-group x)',
  '(deployment ecs-svc/1) deployment completed.',
  'rolling back to deployment ecs-svc/1.',
  'has reached a steady state.',
];

describe('a complaint of the scheduler', () => {
  test.each(ROUTINE)('is none: %s', (text) => {
    expect(lastComplaint(said([5, text]), at(0))).toBeNull();
  });

  test('is the newest line that is not routine, in whatever words', () => {
    const lines = said(
      [6, 'has started 1 tasks: (task 3).'],
      [5, 'cannot do what is new.'],
      [4, 'was slow.'],
    );
    expect(lastComplaint(lines, at(0))).toBe('(service checkout) cannot do what is new.');
  });

  test('is one with a cause, where there is one', () => {
    const impaired = 'is unable to consistently start tasks successfully.';
    expect(lastComplaint(said([6, impaired], [5, 'was unable to place a task.']), at(0))).toMatch(/place/);
    expect(lastComplaint(said([6, impaired]), at(0))).toMatch(/consistently/);
  });

  test('is not older than what it is about', () => {
    const lines = said([5, 'was unable to place a task.']);
    expect(lastComplaint(lines, at(5))).not.toBeNull();
    expect(lastComplaint(lines, at(6))).toBeNull();
  });
});

describe('a poll of the way back', () => {
  const pending = { state: 'pending', summary: '0 of 1 tasks' } as const;

  test.each([
    'was unable to place a task because no container instance met all of its requirements.',
    'was unable to stop or start tasks during a deployment because of the service deployment configuration.',
    'is unable to consistently start tasks successfully.',
  ])('is hindered where no task starts: %s', (text) => {
    const says = `ECS says: (service checkout) ${text}`;
    expect(quoting(pending, said([5, text]), at(0))).toMatchObject({
      ...pending,
      summary: `0 of 1 tasks. ${says}`,
      hindrance: says,
    });
  });

  test('says what a person must change, where no deployment could proceed', () => {
    const cure = (text: string) => {
      const poll = quoting({ state: 'failed', reason: 'It failed' }, said([5, text]), at(0));
      return poll.state === 'failed' ? poll.cure : undefined;
    };
    const settings = 'because of the service deployment configuration.';
    expect(cure(`was unable to stop or start tasks during a deployment ${settings}`)).toBe(
      'Set maximumPercent of the service to 200, or minimumHealthyPercent below 100. Until then no deployment proceeds, not even that of the fix.',
    );
    expect(cure('was unable to place a task.')).toMatch(/^Make room for the tasks/);
    expect(cure('is unable to consistently start tasks successfully.')).toBeUndefined();
  });

  test('is not hindered by what may be about the tasks that it replaces', () => {
    const text = '(port 8080) is unhealthy in (target-group x) due to (reason Request timed out)';
    const quoted = quoting(pending, said([5, text]), at(0));
    expect(quoted).toMatchObject({ summary: expect.stringContaining('is unhealthy') as string });
    expect(quoted).not.toHaveProperty('hindrance');
  });

  test('that failed quotes it in the reason, and one that settled does not', () => {
    const text = 'was unable to place a task.';
    expect(quoting({ state: 'failed', reason: 'late' }, said([5, text]), at(0))).toMatchObject({
      state: 'failed',
      reason: `late. ECS says: (service checkout) ${text}`,
    });
    const settled = { state: 'settled', summary: '1 of 1' } as const;
    expect(quoting(settled, said([5, text]), at(0))).toBe(settled);
    expect(quoting(pending, said([5, 'has reached a steady state.']), at(0))).toBe(pending);
  });
});
