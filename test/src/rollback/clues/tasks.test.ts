import { describe, expect, test } from 'vitest';
import { itsTasksFail, olderTasksFail, scaledIn } from '../../../../src/rollback/clues/tasks.ts';
import type { Scaling, StoppedTask } from '../../../../src/rollback/facts.ts';
import { BAD, found, GOOD, unknown } from '../judge-facts.ts';
import { at, sceneIn } from './night.ts';

const task = (clock: string, revision = BAD.id, failed = true): StoppedTask => ({
  at: at(clock),
  revision,
  failed,
});
const stopped = (...tasks: StoppedTask[]) => sceneIn({}, { stopped: found(tasks) });

describe('tasks that fail', () => {
  test('of the release alone speak for it, fully from three on', () => {
    const two = stopped(task('03:01'), task('03:02'));
    expect(itsTasksFail(two)?.strength).toBeCloseTo(2 / 3);
    expect(itsTasksFail(two)?.says).toBe('2 tasks of checkout:42 failed.');
    expect(itsTasksFail(stopped(task('03:01'), task('03:02'), task('03:03'), task('03:04')))?.strength).toBe(
      1,
    );
  });

  test('of what ran before speak against it, fully from two on', () => {
    const both = stopped(task('03:01'), task('03:02', GOOD.id));
    expect(itsTasksFail(both)).toBeNull();
    expect(olderTasksFail(both)).toEqual({
      strength: 0.5,
      says: 'Tasks of the revision before fail as well.',
    });
    expect(olderTasksFail(stopped(task('03:01', GOOD.id), task('03:02', GOOD.id)))?.strength).toBe(1);
  });

  test('before the release, or that a deployment stopped, say nothing', () => {
    const none = stopped(task('02:59', GOOD.id), task('03:01', GOOD.id, false), task('03:01', BAD.id, false));
    expect(itsTasksFail(none)).toBeNull();
    expect(olderTasksFail(none)).toBeNull();
  });

  test('that cannot be read say nothing', () => {
    const hidden = sceneIn({}, { stopped: unknown('denied') });
    expect([itsTasksFail(hidden), olderTasksFail(hidden), itsTasksFail(sceneIn())]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('scaling in', () => {
  const scaled = (...changes: Scaling[]) => sceneIn({}, { scaling: found(changes) });

  test('just before speaks against the release, by the share that went', () => {
    expect(scaledIn(scaled({ at: at('02:55'), from: 10, to: 8 }))).toEqual({
      strength: 0.2 / 0.3,
      says: 'The target was scaled in from 10 to 8 just before.',
    });
    expect(scaledIn(scaled({ at: at('02:55'), from: 10, to: 4 }))?.strength).toBe(1);
  });

  test('long before or after the rise, or out, says nothing', () => {
    expect(scaledIn(scaled({ at: at('02:47'), from: 10, to: 4 }))).toBeNull();
    expect(scaledIn(scaled({ at: at('03:03'), from: 10, to: 4 }))).toBeNull();
    expect(scaledIn(scaled({ at: at('02:55'), from: 4, to: 10 }))).toBeNull();
  });

  test('that cannot be read says nothing', () => {
    expect(scaledIn(sceneIn({}, { scaling: unknown('denied') }))).toBeNull();
    expect(scaledIn(sceneIn())).toBeNull();
  });
});
