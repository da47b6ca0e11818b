import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../../src/rollback/facts.ts';
import { judge } from '../../../../src/rollback/judge.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import type { Scene } from '../../../../src/rollback/clues/scene.ts';
import { ranAlready } from '../../../../src/rollback/rules/sights.ts';
import { at, factsOf, NOW, V41, V42, type Night } from '../clues/night.ts';
import * as given from '../judge-facts.ts';

/** The harm of this night begins at 03:02. */
const seenAs = (notBefore: string, seenAt: string, of: Deployment = V42): Deployment => ({
  ...of,
  state: 'completed',
  startedAt: at(minuteBefore(seenAt)),
  finishedAt: at(seenAt),
  sights: { notBefore: at(notBefore), seenAt: at(seenAt) },
});

function minuteBefore(clock: string): string {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const before = hours * 60 + minutes - 1;
  return [Math.floor(before / 60), before % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

const verdict = (recent: readonly Deployment[], night: Partial<Night> = {}, changed: Partial<Facts> = {}) =>
  judge(factsOf({ ...night, recent }, changed), NOW);

describe('a release that was seen only between two distant sights', () => {
  test('is acted on where both lie before the harm', () => {
    expect(verdict([seenAs('02:50', '03:00'), V41], {}, { looks: 2 })).toMatchObject({ verdict: 'act' });
  });

  test('accuses less than one that surely began just before the harm', () => {
    const confidence = (notBefore: string) => {
      const found = verdict([seenAs(notBefore, '03:02'), V41]);
      return 'confidence' in found ? found.confidence : undefined;
    };
    expect(confidence('02:30')).toBeLessThan(confidence('02:58') ?? 0);
    expect(verdict([seenAs('02:30', '03:02'), V41]).reasons.join(' ')).toMatch(
      /began at most 32 minutes after the deployment of checkout:42/,
    );
  });

  test('is asked about where the harm began between them, and the question says why', () => {
    const asked = verdict([seenAs('02:59', '03:06'), V41]);
    expect(asked).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    expect(asked.reasons).toContain(
      'Whether checkout:42 ran already when the harm began is uncertain: it was seen at 03:06 UTC, not there at 02:59 UTC. It may be the cause or the fix, so a person decides.',
    );
  });

  test('is not the suspect where the earlier one lies after the onset', () => {
    expect(verdict([seenAs('03:03', '03:06'), V41])).toMatchObject({ verdict: 'skip' });
  });

  test('is not cleared by an alarm that turned between them', () => {
    const red = given.found([given.turned('03:04', 'OK', 'ALARM')]);
    const asked = verdict([seenAs('02:59', '03:06'), V41], {}, { history: red });
    expect(asked.reasons.join(' ')).toMatch(
      /Whether alarm checkout-5xx was red already .* is uncertain: it was seen at 03:06 UTC, not there at 02:59 UTC/,
    );
    const always = given.found([given.turned('02:30', 'OK', 'ALARM')]);
    const request = { ...given.BY_ALARM, trigger: given.omit(given.ALARM, 'previously') };
    expect(verdict([seenAs('02:59', '03:06'), V41], {}, { history: always, request })).toMatchObject({
      verdict: 'skip',
    });
  });

  test('may be the way back of a rollback that ended between them', () => {
    const ended = { at: at('02:55'), as: 'failed-dirty' } as const;
    const earlier = [{ ...given.EARLIER, startedAt: at('02:45'), ended }];
    const reasons = (notBefore: string) =>
      verdict([seenAs(notBefore, '03:01'), V41], {}, { earlier }).reasons;
    expect(reasons('02:50').join(' ')).toMatch(/began during an earlier rollback/);
    expect(reasons('02:56').join(' ')).not.toMatch(/began during an earlier rollback/);
  });
});

describe('a way back that was seen only between two distant sights', () => {
  const bad = { ...V42, state: 'completed', startedAt: at('03:00'), finishedAt: at('03:01') } as const;
  const back = { ...V41, id: 'back', revision: given.GOOD };

  test('leaves nothing to go back from, and condemns nothing where the harm began between them', () => {
    const found = verdict([seenAs('02:59', '03:06', back), bad, V41]);
    expect(found).toMatchObject({ verdict: 'skip' });
    expect(found.culprit).toBeUndefined();
  });

  test('condemns what it replaced where the harm surely began before it', () => {
    const found = verdict([seenAs('03:03', '03:06', back), bad, V41]);
    expect(found).toMatchObject({ verdict: 'skip', culprit: { revision: given.BAD } });
  });
});

test('a dependency that may have been deployed before the harm speaks against the own release', () => {
  const deployed = (notBefore?: string) => {
    const one = {
      target: 'lambda:stock/live',
      relation: 'dependency',
      startedAt: at('03:07'),
      isEnd: true,
    } as const;
    return given.found([notBefore === undefined ? one : { ...one, notBefore: at(notBefore) }]);
  };
  const against = (notBefore?: string) =>
    verdict([{ ...V42, startedAt: at('03:00') }, V41], {}, { otherDeployments: deployed(notBefore) }).reasons;
  expect(against('02:58').join(' ')).toMatch(/lambda:stock\/live, on which it depends, was deployed/);
  expect(against('03:04').join(' ')).not.toMatch(/lambda:stock/);
  expect(against().join(' ')).not.toMatch(/lambda:stock/);
});

test('where more than one may be the suspect, a person decides, whether or not sights are known', () => {
  const other = given.omit(seenAs('02:50', '03:00'), 'sights');
  const scene = { suspect: V42, others: [other], onset: { at: at('03:02') } } as unknown as Scene;
  const reasonOf = (one: Scene) => ranAlready({ scene: one } as Parameters<typeof ranAlready>[0]);
  expect(reasonOf(scene)).toMatchObject({
    says: 'ask',
    because: expect.stringMatching(
      /^Whether checkout:42 ran already when the harm began is uncertain\. It/,
    ) as unknown,
  });
  expect(reasonOf({ ...scene, others: [] })).toBeNull();
});
