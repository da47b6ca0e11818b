import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../../src/ledger/ledger.ts';
import { recentOf, withdrawnOf } from '../../../../../functions/mechanisms/ecs/external/recent.ts';
import { sidesOf } from '../../../../../functions/mechanisms/ecs/external/sides.ts';
import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import { sends, setBehind } from './task-sets.ts';

const at = (time: string) => `2026-11-22T${time}:00.000Z`;

/** Returns a task set of a release that was made and last changed at these times. */
function runs(release: number, group: string, made: string, changed: string, more: Partial<TaskSet> = {}) {
  const settings = { ...setBehind(group).settings, taskDefinition: `task-definition/checkout:${release}` };
  const times = { createdAt: at(made), updatedAt: at(changed) };
  return setBehind(group, { arn: `set-${release}-${made}`, ...times, settings, ...more });
}

const completed = { target: 'ecs:prod/checkout', soakUntil: at('09:00') };
const seen = (deployment: string, time: string): Entry => ({
  state: 'candidate',
  deployment,
  completedAt: at(time),
  ...completed,
});
const proven = (release: number, time: string): Entry => ({
  state: 'proven',
  target: completed.target,
  revision: { id: `task-definition/checkout:${release}`, name: `checkout:${release}` },
  completedAt: at(time),
  provenAt: at(time),
  evidence: [],
});

/** Lists the deployments of these task sets, newest first, for a rule that divides the traffic like this. */
function linesOf(
  sets: readonly TaskSet[],
  weights: Readonly<Record<string, number>>,
  entries: readonly Entry[] = [],
  condemned: readonly string[] = [],
) {
  const sides = sidesOf(sets, [sends(weights)])!;
  const contents = new Map(
    [1, 2, 3].map((release) => [`task-definition/checkout:${release}`, `content-${release}`]),
  );
  const recent = recentOf(sides, { entries, condemned: new Set(condemned), contents });
  const isPrepared =
    sides.idle.length > withdrawnOf(sides, { entries, condemned: new Set(condemned) }).length;
  const lines = recent.map(({ revision, state, startedAt, content, isRollback, isProven }) =>
    [
      revision.name,
      state,
      startedAt.slice(11, 16),
      content ?? 'unknown',
      ...(isRollback ? ['back'] : []),
      ...(isProven ? ['proven'] : []),
    ].join(' '),
  );
  return { lines, isPrepared };
}

const v1 = runs(1, 'blue', '01:00', '01:05');
const v2 = runs(2, 'green', '03:00', '03:05', { isPrimary: true });
const BACK = { blue: 100, green: 0 };

describe('the last deployments', () => {
  it('are the task sets, and proven revisions of missing ones', () => {
    const entries = [proven(1, '01:05'), proven(3, '00:30')];
    expect(linesOf([v2, v1], { blue: 0, green: 100 }, entries).lines).toEqual([
      'checkout:2 completed 03:00 content-2',
      'checkout:1 completed 01:00 content-1 proven',
      'checkout:3 completed 00:30 content-3 proven',
    ]);
  });

  it('are by name no more than a task set where that is gone and not proven', () => {
    const gone = [
      seen('arn:task-set/prod/checkout/ecs-svc/77', '03:05'),
      proven(3, '00:30'),
      seen('set-3', '00:30'),
    ];
    const set = runs(1, 'blue', '03:10', '03:11', { isPrimary: true });
    expect(linesOf([set], { blue: 100 }, gone).lines).toEqual([
      'checkout:1 completed 03:10 content-1',
      'task set 77 completed 03:05 unknown',
      'checkout:3 completed 00:30 content-3 proven',
    ]);
  });

  it('are in flight while an older one has the mark', () => {
    const primary = { ...v1, isPrimary: true };
    expect(linesOf([{ ...v2, isPrimary: false }, primary], { blue: 70, green: 30 }).lines[0]).toBe(
      'checkout:2 in-flight 03:00 content-2',
    );
  });
});

describe('an older task set that serves again', () => {
  const again = { ...v1, isPrimary: true, updatedAt: at('03:20') };
  const withdrawn = { ...v2, isPrimary: false, updatedAt: at('03:20') };

  it('is a separate deployment, after the one that the sweep observed serving', () => {
    const entries = [seen(v2.arn, '03:05'), proven(1, '01:05')];
    expect(linesOf([withdrawn, again], BACK, entries)).toEqual({
      lines: [
        'checkout:1 completed 03:20 content-1',
        'checkout:2 completed 03:00 content-2',
        'checkout:1 completed 01:00 content-1 proven',
      ],
      isPrepared: false,
    });
    expect(linesOf([withdrawn, again], BACK, [proven(2, '03:05')]).lines[0]).toBe(
      'checkout:1 completed 03:20 content-1',
    );
  });

  it('is recognised as a way back by the condemned one, which failed half-way', () => {
    expect(linesOf([withdrawn, again], BACK, [], ['task-definition/checkout:2']).lines).toEqual([
      'checkout:1 completed 03:20 content-1 back',
      'checkout:2 failed 03:00 content-2',
      'checkout:1 completed 01:00 content-1',
    ]);
  });

  it('does so not before the other was made, whatever its last change was', () => {
    const unchanged = { ...again, updatedAt: at('01:05') };
    expect(linesOf([withdrawn, unchanged], BACK, [seen(v2.arn, '03:05')]).lines[0]).toBe(
      'checkout:1 completed 03:00 content-1',
    );
  });

  it('is none where the newer one was only prepared', () => {
    expect(linesOf([withdrawn, again], BACK)).toEqual({
      lines: ['checkout:1 completed 01:00 content-1'],
      isPrepared: true,
    });
  });
});
