import { describe, expect, test } from 'vitest';
import { Rows } from '../../../local/cli/story/rows.ts';
import type { About } from '../../../local/scenarios/moment.ts';
import { phaseEnded } from '../../../scripts/phases/phase.ts';

const TARGET = 'ecs:prod/checkout';
const request = { target: TARGET, reason: 'it hurts' };

function phase(name: string, slices: object, { target = TARGET, execution = 'one' } = {}): About {
  const found = phaseEnded(name, { request, ...slices });
  if (found === null) throw new Error(`${name} is silent`);
  return { kind: 'phase', phase: found, target, execution };
}

function play(
  isVerbose: boolean,
  ...happenings: readonly (readonly [string, About, string?])[]
): readonly string[] {
  const rows = new Rows({ target: TARGET, isVerbose });
  return happenings.flatMap(([clock, about, what = '']) => {
    const row = rows.rowOf({ at: `2026-11-22T02:${clock}.000Z`, what, about });
    return row === null
      ? []
      : [`${row.since ?? '-'} ${row.who}: ${[row.says, ...(row.points ?? [])].join(' | ')}`];
  });
}

const settled = (state: string, summary: string) => phase('Settle', { settled: { state, summary } });
const health = (state: string, ...signs: readonly object[]) => phase('Verify', { health: { state, signs } });
const alarm = (name: string, state: string): About => ({ kind: 'alarm', name, state });

describe('a timeline', () => {
  test('counts the seconds since the newest release', () => {
    const shown = play(
      false,
      ['00:00', { kind: 'note' }, 'the shop opens'],
      ['01:00', { kind: 'release' }, 'release v2 is deployed'],
      ['01:23', { kind: 'users', areServed: false }, 'users are hurting'],
      ['01:50', { kind: 'users', areServed: true }, 'users are served again'],
      ['02:00', { kind: 'release' }, 'release v3 is deployed'],
      [
        '02:05',
        {
          kind: 'write',
          role: 'lastgood-prod-mechanism-ecs-eu-west-1-role',
          operation: 'UpdateService',
        },
      ],
    );
    expect(shown).toEqual([
      '- : the shop opens',
      '0 release: v2 is deployed',
      '23 users: are hurting',
      '50 users: are served again',
      '0 release: v3 is deployed',
      '5 write: UpdateService, by mechanism-ecs',
    ]);
  });

  test('counts on from the bad release when a person changes something while users hurt', () => {
    const shown = play(
      false,
      ['01:00', { kind: 'release' }, 'release v2 is deployed'],
      ['01:23', { kind: 'users', areServed: false }, 'users are hurting'],
      ['02:00', { kind: 'release' }, 'release v3 is deployed'],
      ['02:10', { kind: 'users', areServed: true }, 'users are served again'],
      ['03:00', { kind: 'release' }, 'release v4 is deployed'],
    );
    expect(shown).toEqual([
      '0 release: v2 is deployed',
      '23 users: are hurting',
      '60 change: v3 is deployed',
      '70 users: are served again',
      '0 release: v4 is deployed',
    ]);
  });

  const polls = [
    ['03:00', settled('pending', '0 of 4')],
    ['03:20', settled('pending', '4 of 4')],
    ['03:40', settled('settled', '4 of 4')],
    ['03:41', health('pending', { of: 'alarm a', state: 'unhealthy', says: 'is in ALARM' })],
    ['04:41', settled('settled', '4 of 4')],
    ['04:42', health('proven', { state: 'healthy' })],
  ] as const;

  test('has one line a phase, not one a poll', () => {
    expect(play(false, ...polls)).toEqual([
      '- Settle: settled: 4 of 4',
      '- Verify: proven: the one sign is healthy',
    ]);
  });

  test('has every poll with -v', () => {
    expect(play(true, ...polls)).toHaveLength(6);
  });

  test('shows the phases of the next rung again, and those of other executions', () => {
    const failed = phase('Settle', { settled: { state: 'failed', reason: 'no capacity' } });
    const reverted = phase('Revert', { reverted: { state: 'started', rung: 0, deployment: 'd' } });
    const other = phase(
      'Settle',
      { settled: { state: 'failed', reason: 'no capacity' } },
      { target: 'asg:web', execution: 'two' },
    );
    expect(
      play(
        false,
        ['01:00', failed],
        ['01:01', failed],
        ['01:02', reverted],
        ['01:03', failed],
        ['01:04', other],
      ),
    ).toEqual([
      '- Settle: failed: no capacity',
      '- Revert: started (d)',
      '- Settle: failed: no capacity',
      '- Settle: asg:web: failed: no capacity',
    ]);
  });

  test('gives each reason of a verdict its own line, and leaves the reason of the outcome to the summary', () => {
    const verdict = phase('Judge', { verdict: { verdict: 'act', confidence: 0.9, reasons: ['A.', 'B.'] } });
    const report = phase('Report', { outcome: { state: 'rolled-back', reason: 'slack:U0ADA asked.' } });
    const plan = phase('Plan', { plan: { state: 'no-way-back', reason: 'none' } });
    expect(play(false, ['00:59', plan], ['01:00', verdict], ['01:01', report])).toEqual([
      '- Plan: no way back: none',
      '- Judge: act, confidence 90 % | A. | B.',
      '- Report: rolled-back',
    ]);
    expect(play(false, ['01:01', report])).toEqual(['- Report: rolled-back | @ada asked.']);
  });

  test("leaves out an alarm's first data, Lastgood's own alarms while they are quiet, and the beginnings of AWS's deployments", () => {
    const begins: About = {
      kind: 'aws',
      service: 'ECS',
      says: 'ECS deployment d in progress.',
      isEnd: false,
    };
    const ends: About = { kind: 'aws', service: 'ECS', says: 'ECS deployment d completed.', isEnd: true };
    const all = [
      ['00:01', alarm('checkout-errors', 'OK')],
      ['00:02', alarm('lastgood-prod-dead-letters', 'OK')],
      ['00:03', begins],
      ['00:04', ends],
      ['00:05', alarm('checkout-errors', 'ALARM')],
      ['00:06', alarm('lastgood-prod-dead-letters', 'ALARM')],
      ['00:07', alarm('checkout-errors', 'INSUFFICIENT_DATA')],
      ['00:08', alarm('checkout-errors', 'OK')],
    ] as const;
    expect(play(false, ...all)).toEqual([
      '- ECS: deployment d completed.',
      '- alarm: checkout-errors is ALARM',
      "- alarm: lastgood-prod-dead-letters, one of Lastgood's own, is ALARM",
      '- alarm: checkout-errors is OK',
    ]);
    expect(play(true, ...all)).toHaveLength(8);
  });
});
