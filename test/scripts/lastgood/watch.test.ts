import type { HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { follow, type End } from '../../../scripts/lastgood/watch/follow.ts';
import { statusOf, textOf } from '../../../scripts/lastgood/watch/print.ts';
import { textOf as textOfPhase } from '../../../scripts/phases/phase.ts';
import { lineIn, type Line } from '../../../scripts/lastgood/watch/line.ts';

const AT = '2026-11-22T03:00:00.000Z';
const exited = (name: string, document: object): HistoryEvent => ({
  timestamp: new Date(AT),
  type: 'TaskStateExited',
  id: 0,
  stateExitedEventDetails: { name, output: JSON.stringify(document) },
});
const request = { target: 'ecs:prod/checkout', reason: 'it hurts' };
const ended = (type: 'ExecutionSucceeded' | 'ExecutionAborted'): HistoryEvent => ({
  timestamp: new Date(AT),
  type,
  id: 0,
});

describe('a step', () => {
  test.each([
    ['Claim', { request }, 'holds ecs:prod/checkout: it hurts'],
    ['Plan', { plan: { state: 'no-way-back', reason: 'none' } }, 'no way back: none'],
    [
      'Judge',
      { verdict: { verdict: 'act', confidence: 0.9, reasons: ['A.', 'B.'] } },
      'act, confidence 90 %: A. B.',
    ],
    [
      'Judge',
      { verdict: { verdict: 'act', reasons: ['A.', 'B.'], against: ['B.'] } },
      'act: A. Against it: B.',
    ],
    ['Judge', { verdict: { verdict: 'skip', reasons: ['B.'], against: ['B.'] } }, 'skip: B.'],
    ['Approve', { approval: { answer: 'denied', by: 'ada' } }, 'denied by ada'],
    ['Approve', { approval: { Error: 'States.Timeout' } }, 'the countdown ended without an answer'],
    ['Approve', { approval: { Error: 'HeardMore' } }, 'another trigger came: it judges again'],
    ['Stop', { stopped: { state: 'stopped', deployment: 'd1' } }, 'stopped d1'],
    ['Revert', { reverted: { state: 'failed', reason: 'denied' } }, 'could not start: denied'],
    [
      'Revert',
      { plan: { rungs: [{ does: 'deploy it' }] }, reverted: { state: 'started', rung: 0, deployment: 'd2' } },
      'started: deploy it (d2)',
    ],
    ['Gather', { gathered: { evidence: { Error: 'States.Timeout' } } }, 'no evidence came in time'],
    ['Gather', { gathered: { evidence: { found: [], missing: [] } } }, 'the evidence names no cause'],
    [
      'Gather',
      {
        gathered: {
          evidence: {
            missing: [{ source: 'container logs', reason: 'AccessDenied' }],
            triage: { cause: 'crash', says: 'It exits.', because: ['3 × checkout:42: exit code 1'] },
            found: [],
          },
        },
      },
      'likely cause: The application crashes: It exits. 3 × checkout:42: exit code 1 Could not be read: container logs (AccessDenied)',
    ],
    ['Settle', { settled: { state: 'overtaken', reason: 'a newer one' } }, 'overtaken: a newer one'],
    [
      'Verify',
      { health: { state: 'pending', signs: [{ of: 'alarm a', state: 'unknown', says: 'no data' }] } },
      'pending: alarm a is unknown (no data)',
    ],
  ])('of %s is written as %j', (state, document, says) => {
    const line = lineIn(exited(state, document));
    expect(line).toMatchObject({ at: AT, name: state });
    expect(line && textOfPhase(line)).toBe(says);
  });

  test('has the time that a question waits', () => {
    const verdict = { verdict: 'ask', countdownSeconds: 300, onSilence: 'stay' };
    const entered = { name: 'Approve', input: JSON.stringify({ verdict }) };
    expect(lineIn({ ...ended('ExecutionSucceeded'), stateEnteredEventDetails: entered })?.says).toBe(
      'waits for a person, at most 300 seconds; then nothing is changed',
    );
  });

  test('of Claim that was refused is shown where the workflow goes on', () => {
    const entered = {
      name: 'Interrupt',
      input: JSON.stringify({ request, error: { Error: 'TargetClaimed' } }),
    };
    expect(lineIn({ ...ended('ExecutionSucceeded'), stateEnteredEventDetails: entered })).toMatchObject({
      name: 'Claim',
      says: 'is refused: another rollback holds ecs:prod/checkout',
    });
  });

  test('is left out for a silent state', () => {
    expect(lineIn(exited('SettleWait', {}))).toBeNull();
    expect(lineIn(exited('constructor', {}))).toBeNull();
  });
});

/** Step Functions with a history that grows at each poll. It returns events newest first, in pages of two. */
function historyOf(...polls: readonly (readonly HistoryEvent[])[]) {
  const all: HistoryEvent[] = [];
  let poll = 0;
  const send = ({ input: { nextToken } }: { input: { nextToken?: string } }) => {
    if (nextToken === undefined)
      for (const event of polls[poll++] ?? []) all.push({ ...event, id: all.length + 1 });
    const from = Number(nextToken ?? 0);
    const events = all.toReversed().slice(from, from + 2);
    return Promise.resolve({ events, ...(from + 2 < all.length && { nextToken: String(from + 2) }) });
  };
  return { send } as unknown as SFNClient;
}

describe('following', () => {
  const reported = exited('Report', { outcome: { state: 'rolled-back', at: AT, reason: 'ok', advice: [] } });
  const settle = exited('Settle', { settled: { state: 'pending', summary: '1 of 4' } });

  test('publishes each step once and in order, over pages and polls, until the end', async () => {
    const first = [exited('Claim', { request }), settle, settle];
    const client = historyOf(first, [], [settle, reported, ended('ExecutionSucceeded')]);
    const steps: Line[] = [];
    const end = await follow(client, 'arn', (step) => steps.push(step));
    expect(steps.map(({ name }) => name)).toEqual(['Claim', 'Settle', 'Report']);
    expect(end).toMatchObject({ state: 'reported', outcome: { state: 'rolled-back' } });
  });

  test('reports an execution that ended without a report', async () => {
    const client = historyOf([settle, ended('ExecutionAborted')]);
    const end = await follow(client, 'arn', () => undefined);
    expect(end).toEqual({ state: 'unreported', how: 'ExecutionAborted' });
    expect([statusOf(end), textOf(end)]).toEqual([1, expect.stringContaining('without a report')]);
  });

  test.each([
    ['rolled-back', 0],
    ['skipped', 3],
    ['failed-clean', 1],
    ['failed-dirty', 1],
  ] as const)('%s ends with %i', (state, status) => {
    const end: End = { state: 'reported', outcome: { state, at: AT, reason: 'so', advice: ['look'] } };
    expect(statusOf(end)).toBe(status);
    expect(textOf(end)).toBe(`\n${state}: so\n  next: look`);
  });
});

test('the end names the likely cause before the next steps', () => {
  const cause = { cause: 'crash', says: 'It exits.' } as const;
  const outcome = { state: 'rolled-back', at: AT, reason: 'so', advice: ['look'], cause } as const;
  expect(textOf({ state: 'reported', outcome })).toBe(
    '\nrolled-back: so\n  likely cause: It exits.\n  next: look',
  );
});

test('evidence is said once, and not again with the next rung', () => {
  const gathered = { evidence: { found: [], missing: [] } };
  expect(lineIn(exited('Gather', { gathered, announced: { published: [] } }))).toBeNull();
  expect(lineIn(exited('Gather', {}))).toBeNull();
});

test('a request that Claim refused is not shown, because it may be anything', () => {
  expect(lineIn(exited('Claim', { error: { Error: 'InvalidRequest' } }))).toBeNull();
});
