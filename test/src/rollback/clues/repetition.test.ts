import { describe, expect, test } from 'vitest';
import {
  alarmComesAndGoes,
  earlierReleasesHurtBriefly,
  hurtYesterday,
} from '../../../../src/rollback/clues/repetition.ts';
import { found, turned, unknown } from '../judge-facts.ts';
import { aDayBefore, at, ERROR_RATE, ERRORS, meter, REQUESTS, sceneIn, steps, V41, V42 } from './night.ts';

type Levels = Record<string, number | null>;

describe('the same hour yesterday', () => {
  const yesterday = (levels: Levels, end = '03:30') => [
    meter('requests', aDayBefore(steps({ '00:00': 1000 }, end)), { yesterday: true }),
    meter('errors', aDayBefore(steps(levels, end)), { yesterday: true }),
  ];
  const hurtBy = (levels: Levels, end?: string) =>
    hurtYesterday(sceneIn({ measured: [REQUESTS, ERRORS, ...yesterday(levels, end)] }));

  test('that hurt as much speaks against the release', () => {
    expect(hurtBy({ '00:00': null, '03:03': 200, '03:10': null })).toEqual({
      strength: 1,
      says: 'The same harm came at this hour yesterday.',
    });
    expect(hurtBy({ '00:00': null, '03:03': 60, '03:10': null })?.strength).toBeCloseTo(0.3 / 0.6);
  });

  test('says nothing where it was well, hurt for a minute, or is not known', () => {
    expect(hurtBy({ '00:00': null })).toBeNull();
    expect(hurtBy({ '00:00': null, '03:03': 200, '03:04': null })).toBeNull();
    expect(hurtBy({ '00:00': null }, '02:20')).toBeNull();
    expect(hurtBy({ '00:00': null }, '02:58')).toBeNull();
    expect(hurtYesterday(sceneIn())).toBeNull();
    expect(hurtYesterday(sceneIn({ measured: [] }))).toBeNull();
    expect(hurtYesterday(sceneIn({ alarm: { ...ERROR_RATE, metric: 'requests' } }))).toBeNull();
  });

  test('says nothing where only yesterday is measured, or what is usual today is not known', () => {
    const then = yesterday({ '00:00': null, '03:03': 200 });
    expect(hurtYesterday(sceneIn({ measured: then }))).toBeNull();
    const late = meter('requests', steps({ '02:58': 1000 }));
    expect(hurtYesterday(sceneIn({ measured: [late, ERRORS, ...then] }))).toBeNull();
  });
});

describe('an alarm that comes and goes', () => {
  const turns = (...clocks: string[]) =>
    alarmComesAndGoes(
      sceneIn({}, { history: found(clocks.flatMap((clock) => turned(clock, 'OK', 'ALARM'))) }),
    );

  const often = ['01:05', '01:15', '01:25', '01:35', '01:45', '01:55', '02:05', '02:15'];

  test('speaks against the release by how likely it would have turned by chance since then', () => {
    expect(turns('02:00')).toBeNull();
    expect(turns('01:30', '02:00')).toBeNull();
    expect(turns(...often)).toEqual({
      strength: expect.closeTo(1 + Math.log10(1 - Math.exp((-8 * 3) / 1560)) / 2) as number,
      says: 'The alarm turned 8 times within the last day without a deployment before it.',
    });
    const early = { ...V42, startedAt: at('02:30') };
    const history = found(often.flatMap((clock) => turned(clock, 'OK', 'ALARM')));
    const later = alarmComesAndGoes(sceneIn({ recent: [early, V41] }, { history }));
    expect(later?.strength).toBeCloseTo(1 + Math.log10(1 - Math.exp((-8 * 33) / 1560)) / 2);
  });

  test('does not count turns after a deployment, nor its present turn', () => {
    expect(turns('00:30', '00:45', '01:00')).toBeNull();
    expect(turns('02:55', '03:00', '03:04')).toBeNull();
    // Before a deployment is not after it.
    expect(
      turns(...often.slice(0, 1), '00:25', '00:26', '00:27', '00:28', '00:29', '01:15', '01:25'),
    ).toMatchObject({
      says: expect.stringContaining('8 times') as string,
    });
  });

  test('does not count turns to another state, old ones, or a history that cannot be read', () => {
    const old = { at: '2026-11-20T23:00:00.000Z', from: 'OK', to: 'ALARM' } as const;
    expect(alarmComesAndGoes(sceneIn({}, { history: found([old, old, old]) }))).toBeNull();
    const well = turned('02:00', 'ALARM', 'OK');
    expect(alarmComesAndGoes(sceneIn({}, { history: found([well, well, well]) }))).toBeNull();
    expect(alarmComesAndGoes(sceneIn({}, { history: unknown('denied') }))).toBeNull();
  });
});

describe('earlier releases', () => {
  const before = ['02:00', '01:00'].map((clock) => ({ ...V41, startedAt: at(clock) }));
  const blips = (levels: Levels, recent = [V42, ...before]) =>
    earlierReleasesHurtBriefly(
      sceneIn({ recent, measured: [REQUESTS, meter('errors', steps({ '00:00': null, ...levels }))] }),
    );
  const now = { '03:02': 200 };

  test('that hurt as high and as long speak against this one, by how many of them did', () => {
    const both = { '01:01': 150, '01:06': null, '02:01': 150, '02:06': null };
    expect(blips({ ...both, ...now })).toEqual({
      strength: 1,
      says: 'After 2 of the 2 earlier releases the same harm rose and passed.',
    });
    const one = blips({ '02:01': 150, '02:06': null, ...now });
    expect(one?.strength).toBeCloseTo(0.6);
    expect(one?.says).toContain('After 1 of the 2 earlier releases');
  });

  test('say nothing where the blip was lower, shorter, or did not pass until the next', () => {
    expect(blips({ '02:01': 50, '02:06': null, ...now })).toBeNull();
    expect(blips({ '02:01': 200, '02:03': null, ...now })).toBeNull();
    const close = [V42, { ...V41, startedAt: at('02:10') }, { ...V41, startedAt: at('02:00') }];
    expect(blips({ '02:00': 200, '02:20': null, ...now }, close)?.strength).toBeCloseTo(0.6);
    expect(blips({ '02:00': 200, '02:10': null, ...now }, close)).toBeNull();
  });

  test('say nothing where their harm passed because something went back from them, nor do the ways back', () => {
    const bad = { ...V42, id: 'bad', content: 'bad', state: 'completed' as const, startedAt: at('02:00') };
    const back = { ...V41, id: 'back', startedAt: at('02:10') };
    const hurt = { '02:01': 200, '02:09': null, '02:10': 200, '02:15': null, ...now };
    expect(blips(hurt, [V42, back, bad, { ...V41, startedAt: at('01:00') }])).toBeNull();
    expect(blips(hurt, [V42, { ...back, content: 'other' }, bad])).not.toBeNull();
  });

  test('say nothing where there are none in the series, or nothing is measured', () => {
    expect(blips(now, [V42])).toBeNull();
    expect(blips(now, [V42, { ...V41, startedAt: at('00:05') }])).toBeNull();
    expect(earlierReleasesHurtBriefly(sceneIn({ measured: [] }))).toBeNull();
    const late = meter('requests', steps({ '02:58': 1000 }));
    expect(earlierReleasesHurtBriefly(sceneIn({ measured: [late, ERRORS] }))).toBeNull();
  });
});
