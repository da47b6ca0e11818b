import { describe, expect, test } from 'vitest';
import type { Onset } from '../../../src/rollback/onset.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import {
  isOlderThan,
  isRestart,
  isReturn,
  suspicionAmong,
  wasGoneBackFrom,
} from '../../../src/rollback/suspect.ts';
import { at, omit } from './judge-facts.ts';

function deployed(name: string, from: string, to: string | null, content = name): Deployment {
  const end = to === null ? {} : { finishedAt: at(to) };
  const state = to === null ? 'in-flight' : 'completed';
  return {
    id: name,
    state,
    startedAt: at(from),
    ...end,
    revision: { id: name, name },
    content,
    isRollback: false,
  };
}
const v1 = deployed('v1', '01:00', '01:05');
const v2 = deployed('v2', '03:00', '03:04');
const onset = { at: at('03:02'), until: at('03:03') };
const suspectOf = (recent: readonly Deployment[], since = onset) =>
  suspicionAmong(recent, since)?.suspect.revision.name ?? null;

describe('the suspect', () => {
  test('is the newest deployment that had begun by the onset', () => {
    expect(suspectOf([deployed('v3', '03:05', null), v2, v1])).toBe('v2');
    expect(suspectOf([v2, v1])).toBe('v2');
  });

  test('is null where none had begun', () => {
    expect(suspectOf([deployed('v3', '03:05', null)])).toBeNull();
    expect(suspectOf([])).toBeNull();
  });

  test('is the newest where nothing says since when', () => {
    expect(suspicionAmong([deployed('v3', '03:05', null), v2], null)?.suspect.id).toBe('v3');
  });

  test('is the deployment that a way back in flight replaces, and the way back once it is over', () => {
    expect(suspectOf([deployed('back', '03:02', null, 'v1'), v2, v1])).toBe('v2');
    expect(suspectOf([deployed('back', '03:01', '03:05', 'v1'), v2, v1])).toBe('v2');
    expect(suspectOf([deployed('back', '03:01', '03:02', 'v1'), v2, v1])).toBe('back');
  });

  test('is what only looks like a way back, because AWS does not show what it runs', () => {
    const back = { ...deployed('back', '03:02', null, 'v1'), mayBeNew: true } as const;
    expect(suspectOf([back, v2, v1])).toBe('back');
    expect(suspectOf([{ ...back, startedAt: '2026-11-22T03:02:30.000Z' }, v2, v1])).toBe('back');
    expect(suspectOf([{ ...back, startedAt: at('03:04') }, v2, v1])).toBe('v2');
    expect(wasGoneBackFrom('v2', back, [back, v2, v1])).toBe(false);
    expect(wasGoneBackFrom('v2', omit(back, 'mayBeNew'), [back, v2, v1])).toBe(true);
  });

  test('is the release before a hotfix that began within the datapoint, and the hotfix where it began before', () => {
    const fix = { ...deployed('fix', '03:02', null), startedAt: '2026-11-22T03:02:30.000Z' };
    expect(suspectOf([fix, v2, v1])).toBe('v2');
    expect(suspectOf([fix, { ...v2, finishedAt: at('03:02') }, v1])).toBe('v2');
    expect(suspectOf([deployed('fix', '03:01', null), v2, v1])).toBe('fix');
    expect(suspectOf([fix, v1])).toBe('fix');
    expect(suspectOf([fix, { ...v2, isProven: true }, v1])).toBe('fix');
  });

  test('is the newer of two quick releases where the older one ran alone in a datapoint that did not breach', () => {
    const newer = { ...deployed('v3', '03:02', null), startedAt: '2026-11-22T03:02:30.000Z' };
    const alone = (clock: string, since: Onset = onset) =>
      suspectOf([newer, { ...v2, startedAt: at('03:00'), finishedAt: `2026-11-22T${clock}Z` }, v1], since);
    expect(alone('03:01:30.000')).toBe('v3');
    expect(alone('03:01:31.000')).toBe('v2');
    expect(alone('03:01:00.000', { at: at('03:02'), until: at('03:05') })).toBe('v2');
    expect(alone('03:00:30.000', { ...onset, estimated: true })).toBe('v2');
    expect(alone('03:00:30.000', { ...onset, unseenBefore: at('03:01') })).toBe('v2');
  });

  test('is a failed deployment that AWS left midway, whenever it failed', () => {
    const failed = { ...v2, state: 'failed', finishedAt: at('03:02') } as const;
    expect(suspectOf([{ ...failed, remains: true }, v1])).toBe('v2');
  });

  test('is a release that began within the datapoint, a few minutes after a way back was over', () => {
    const release = { ...deployed('v3', '03:02', null), startedAt: '2026-11-22T03:02:30.000Z' };
    const back = deployed('back', '02:58', '03:02', 'v1');
    expect(suspectOf([release, back, deployed('bad', '02:50', '02:52'), v1])).toBe('v3');
    expect(
      suspectOf([release, { ...back, finishedAt: at('03:03') }, deployed('bad', '02:50', '02:52'), v1]),
    ).toBe('bad');
  });

  test('is not a deployment that AWS had rolled back before the onset', () => {
    expect(suspectOf([{ ...v2, state: 'failed', finishedAt: at('03:02') }, v1])).toBe('v1');
    expect(suspectOf([{ ...v2, state: 'failed', finishedAt: at('03:03') }, v1])).toBe('v2');
  });
});

test('what was deployed after the suspect is listed, newest first', () => {
  const [v4, v3] = [deployed('v4', '03:08', null), deployed('v3', '03:05', '03:07')];
  expect(suspicionAmong([v4, v3, v2, v1], onset)?.later).toEqual([v4, v3]);
});

test('a return brings back older content, a restart what ran', () => {
  expect(isReturn(deployed('back', '03:05', null, 'v1'), [v2, v1])).toBe(true);
  expect(isReturn({ ...v2, isRollback: true }, [])).toBe(true);
  expect(isReturn(deployed('again', '03:05', null, 'v2'), [v2, v1])).toBe(false);
  expect(isReturn(deployed('v3', '03:05', null), [v2, v1])).toBe(false);
  expect(isRestart(deployed('again', '03:05', null, 'v2'), [v2, v1])).toBe(true);
  expect(isRestart(v2, [v1])).toBe(false);
});

test('a revision that gets a share beside an older one is no return, and another share is no restart', () => {
  const share = { ...deployed('share', '03:05', null, 'v1'), sharesWith: 'unknown' } as const;
  const canary = { ...share, sharesWith: 'older' } as const;
  expect(isReturn(share, [v2, v1])).toBe(true);
  expect(isReturn(canary, [v2, v1])).toBe(false);
  expect(isReturn({ ...canary, isRollback: true }, [v2, v1])).toBe(true);
  expect(wasGoneBackFrom('v2', share, [share, v2, v1])).toBe(true);
  expect(wasGoneBackFrom('v2', canary, [canary, v2, v1])).toBe(false);
  const less = { ...v2, id: 'less', sharesWith: 'older' } as const;
  expect(isRestart(less, [v2, v1])).toBe(false);
  expect(isRestart({ ...less, revision: { id: 'other', name: 'other' } }, [v2, v1])).toBe(true);
});

test('a revision that was gone back from is no way back when it is deployed again', () => {
  const back = deployed('back', '03:05', '03:06', 'v1');
  const again = deployed('again', '03:10', '03:11', 'v2');
  expect(isReturn(again, [back, v2, v1])).toBe(false);
  expect(isReturn(again, [{ ...back, content: 'v0', isRollback: true }, v2, v1])).toBe(false);
  expect(isReturn(deployed('v1 once more', '03:15', null, 'v1'), [again, back, v2, v1])).toBe(true);
});

test('content is older than the suspect where it was deployed before, or is not in the list', () => {
  const recent = [deployed('v3', '03:05', null), v2, v1];
  expect(['v1', 'v2', 'v3', 'v0', undefined].map((content) => isOlderThan(content, v2, recent))).toEqual([
    true,
    false,
    false,
    true,
    true,
  ]);
});

test('an unproven revision that was gone back from is not older than the way back', () => {
  const back = deployed('back', '03:05', '03:06', 'v1');
  const isFit = (content: string, recent: readonly Deployment[], suspect = back) =>
    isOlderThan(content, suspect, recent);
  expect(isFit('v2', [back, v2, v1])).toBe(false);
  expect(isFit('v2', [back, { ...v2, isProven: true }, v1])).toBe(true);
  expect(isFit('v0', [back, v2, v1, deployed('v0', '00:10', '00:12')])).toBe(true);
  expect(isFit('v1', [v2, v1], v2)).toBe(true);
  const unknown = omit(back, 'content');
  expect(isFit('v2', [unknown, v2, v1], unknown)).toBe(true);
});
