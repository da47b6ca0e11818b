import { describe, expect, test } from 'vitest';
import { lastComplaint } from '../../../../functions/mechanisms/ecs/messages.ts';

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
