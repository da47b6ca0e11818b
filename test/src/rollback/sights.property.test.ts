import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneOf } from '../../../src/rollback/clues/scene.ts';
import { isThere } from '../../../src/rollback/course.ts';
import { judge } from '../../../src/rollback/judge.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { suspicionAmong } from '../../../src/rollback/suspect.ts';
import { after } from '../../../src/rollback/time.ts';
import { along, at, factsOf, meter, NOW } from './clues/night.ts';

const onset = { at: at('03:02'), until: at('03:03') };

/** A release that was seen between two sights, in seconds after 00:00. It began, and was over, at one instant between. */
interface Change {
  readonly notBefore: number;
  readonly began: number;
  readonly seenAt: number;
  readonly content: string;
  readonly isRollback: boolean;
  readonly isProven: boolean;
  readonly isDone: boolean;
}

/** Oldest first: each was not there yet when the one before was seen. */
const changes: fc.Arbitrary<readonly Change[]> = fc
  .tuple(
    fc.integer({ min: 2 * 3600 + 56 * 60, max: 3 * 3600 + 8 * 60 }),
    fc.array(
      fc.record({
        quiet: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })),
        width: fc.oneof(fc.integer({ min: 0, max: 1200 }), fc.constant(60)),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        content: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5', 'v6'),
        isRollback: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
        isProven: fc.boolean(),
        isDone: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([end, all]) => {
    let now = end - all.reduce((sum, { quiet, width }) => sum + quiet + 60 + width, 0);
    return all.map(({ quiet, width, part, ...one }) => {
      const notBefore = now + quiet;
      const seenAt = notBefore + 60 + width;
      now = seenAt;
      return { ...one, notBefore, began: notBefore + Math.round(part * width), seenAt };
    });
  });

const moment = (seconds: number) => after(at('00:00'), seconds);

function asDeployed(all: readonly Change[], times: (one: Change) => Partial<Deployment>): Deployment[] {
  return all
    .map(({ content, isRollback, isProven, isDone, ...one }, index): Deployment => {
      const isLast = index === all.length - 1;
      const next = all[index + 1];
      const id = `deployment-${index}`;
      const {
        startedAt = '',
        finishedAt,
        ...more
      } = times({ ...one, content, isRollback, isProven, isDone });
      return {
        ...more,
        id,
        state: isDone ? 'completed' : isLast ? 'in-flight' : 'failed',
        startedAt,
        ...(isDone && finishedAt !== undefined && { finishedAt }),
        ...(!isDone && next !== undefined && { finishedAt: moment(next.began) }),
        revision: { id: `of ${id}`, name: id },
        content,
        isRollback,
        ...(isProven && { isProven }),
      };
    })
    .toReversed();
}

/** The sweep saw it between two sights. `by` widens them from the usual minute, 0, to what they were, 1. */
function seen(
  { notBefore, seenAt }: Change,
  by = 1,
): Pick<Deployment, 'startedAt' | 'finishedAt' | 'sights'> {
  const latest = seenAt - 60;
  const earliest = latest - (latest - notBefore) * by;
  const sights = { notBefore: moment(earliest), seenAt: moment(seenAt) };
  const isWide = latest - earliest > 30;
  return { startedAt: moment(latest), finishedAt: sights.seenAt, ...(isWide && { sights }) };
}

const asSeen = (all: readonly Change[], by = 1) => asDeployed(all, (one) => seen(one, by));

/** Within the usual minute nobody knows better than that it began shortly before it was seen. */
const exactly = (all: readonly Change[]) =>
  asDeployed(all, (one) => {
    const { sights, ...usual } = seen(one);
    const began = moment(one.began);
    return sights === undefined ? usual : { startedAt: began, finishedAt: began };
  });

const holdsFor = (rule: (all: readonly Change[]) => void) =>
  fc.assert(fc.property(changes, rule), { numRuns: 300 });

/** A fifth of the requests fail from 03:02 on, or the harm is too small to accuse a deployment. */
const night = (recent: readonly Deployment[], share = 0.2) =>
  factsOf(
    {
      recent,
      measured: [
        meter(
          'requests',
          along('00:00', () => 1000),
        ),
        meter(
          'errors',
          along('00:00', (minute) => (minute >= 182 ? 1000 * share : 0)),
        ),
      ],
    },
    { looks: 2 },
  );

describe('whatever was seen between two sights', () => {
  test('the true suspect is never excluded', () => {
    holdsFor((all) => {
      const truth = suspicionAmong(exactly(all), onset);
      const found = suspicionAmong(asSeen(all), onset);
      if (truth !== null)
        expect([found?.suspect.id, ...(found?.others ?? []).map(({ id }) => id)]).toContain(truth.suspect.id);
    });
  });

  test('a fix after the onset is never undone without a person', () => {
    holdsFor((all) => {
      const scene = sceneOf(night(exactly(all)), NOW);
      if (scene !== null && !scene.later.some(isThere)) return;
      expect(judge(night(asSeen(all)), NOW).verdict).not.toBe('act');
    });
  });

  test('nobody but the true suspect is condemned', () => {
    holdsFor((all) => {
      const { culprit } = judge(night(asSeen(all)), NOW);
      if (culprit === undefined) return;
      expect(culprit.revision).toEqual(sceneOf(night(exactly(all)), NOW)?.suspect.revision);
    });
  });
});

test('widening the sights never turns a verdict into act', () => {
  const widths = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(changes, widths, fc.constantFrom(0.06, 0.2, 0.9), (all, [one, other], share) => {
      const verdictAt = (by: number) => judge(night(asSeen(all, by), share), NOW).verdict;
      const [narrow, wide] = [verdictAt(Math.min(one, other)), verdictAt(Math.max(one, other))];
      if (narrow !== 'act') expect(wide).not.toBe('act');
    }),
    { numRuns: 300 },
  );
});
