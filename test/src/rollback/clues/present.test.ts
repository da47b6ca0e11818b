import { describe, expect, test } from 'vitest';
import { isPassing, isWellAgain } from '../../../../src/rollback/clues/present.ts';
import { ERROR_RATE, ERRORS, meter, REQUESTS, sceneIn, steps } from './night.ts';

const errors = (levels: Record<string, number | null>) =>
  sceneIn({ measured: [REQUESTS, meter('errors', steps({ '00:00': null, ...levels }))] });

describe('the target is healthy again', () => {
  test('where the last two whole minutes are', () => {
    const over = errors({ '03:02': 200, '03:06': 0 });
    expect(isWellAgain(over)).toEqual({ strength: 1, says: 'The target is healthy again.' });
  });

  test('or shows no harm, where no minute rose', () => {
    const never = errors({ '03:02': 10, '03:06': 0 });
    expect(isWellAgain(never)).toEqual({ strength: 1, says: 'The measurements of the target show no harm.' });
  });

  test('not where one of them still hurts, by the usual or by the worst minute', () => {
    expect(isWellAgain(errors({ '03:02': 200, '03:07': 0 }))).toBeNull();
    expect(isWellAgain(errors({ '03:02': 200, '03:06': 70 }))).toBeNull();
    // Below what is high, and yet more than a third of the worst minute.
    expect(isWellAgain(errors({ '03:02': 20, '03:06': 11 }))).toBeNull();
  });

  test('not by less than two minutes after the first, nor without a level', () => {
    const one = meter('errors', steps({ '00:00': null, '03:02': 200, '03:03': 0 }, '03:04'));
    const requests = meter('requests', steps({ '00:00': 1000 }, '03:04'));
    expect(isWellAgain(sceneIn({ measured: [requests, one] }))).toBeNull();
    expect(isWellAgain(sceneIn({ measured: [] }))).toBeNull();
    const few = meter('requests', steps({ '00:00': null, '03:02': 1000 }));
    expect(isWellAgain(sceneIn({ measured: [few, ERRORS] }))).toBeNull();
  });
});

describe('it is passing', () => {
  test('by how far the last minute lies below the worst', () => {
    const half = errors({ '03:02': 200, '03:07': 100 });
    expect(isPassing(half)?.strength).toBeCloseTo((1 - 0.5 - 0.3) / 0.6);
    expect(isPassing(half)?.says).toBe('The harm decreases.');
    expect(isPassing(errors({ '03:02': 200, '03:07': 0 }))?.strength).toBe(1);
  });

  test('not where it continues, where less than two minutes are known, or where nothing is measured', () => {
    expect(isPassing(errors({ '03:02': 200, '03:07': 150 }))).toBeNull();
    const one = meter('requests', steps({ '00:00': 1000 }, '03:03'));
    expect(isPassing(sceneIn({ measured: [one, ERRORS] }))).toBeNull();
    expect(isPassing(sceneIn({ measured: [] }))).toBeNull();
  });

  test('not where it rose again, as of tasks that crash in turn', () => {
    expect(isPassing(errors({ '03:02': 200, '03:04': 40, '03:05': 95, '03:06': 10 }))).toBeNull();
    expect(isPassing(errors({ '03:02': 200, '03:04': 40, '03:05': 85, '03:06': 10 }))).not.toBeNull();
    expect(isPassing(errors({ '03:02': 40, '03:04': 200, '03:06': 10 }))).not.toBeNull();
  });

  test('not where no minute shows the harm of an alarm that is still red', () => {
    const measured = [REQUESTS, meter('errors', steps({ '00:00': null, '03:02': 10, '03:07': 0 }))];
    expect(isPassing(sceneIn({ measured }))).toBeNull();
    expect(isPassing(sceneIn({ measured, alarm: { ...ERROR_RATE, state: 'OK' } }))).not.toBeNull();
  });
});
