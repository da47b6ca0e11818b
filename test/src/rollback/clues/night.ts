import { sceneOf, type Scene } from '../../../../src/rollback/clues/scene.ts';
import type { AlarmNow, Facts, Measured, Series } from '../../../../src/rollback/facts.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import * as given from '../judge-facts.ts';

/**
 * A night of checkout, minute by minute: checkout:41 runs since 00:30 and checkout:42 is deployed from 03:00 on; a fifth of
 * the requests fail from 03:02 on, the alarm turns at 03:04, and it is judged at 03:08.
 */
export const { at } = given;
export const NOW = at('03:08');

export const V41: Deployment = {
  id: 'deployment-41',
  state: 'completed',
  startedAt: at('00:30'),
  finishedAt: at('00:35'),
  revision: given.GOOD,
  content: 'v41',
  isRollback: false,
};
export const V42: Deployment = { ...given.DEPLOYMENT, content: 'v42' };

/** From each instant on a metric has that value, until another one: `{ '00:00': 1000, '03:02': null }`. */
export function steps(levels: Readonly<Record<string, number | null>>, end = '03:08'): Series {
  const from = Object.entries(levels).map(([clock, value]) => ({ minute: minuteOf(clock), value }));
  const start = Object.keys(levels)[0] ?? end;
  const minutes = Array.from({ length: minuteOf(end) - minuteOf(start) }, (_, k) => k + minuteOf(start));
  const values = minutes.map((now) => from.findLast(({ minute }) => minute <= now)?.value ?? null);
  return { start: at(start), periodSeconds: 60, values };
}

/** A value for each minute from an instant on, by how many minutes that is after it. */
export function along(start: string, valueAt: (minute: number) => number | null, end = '03:08'): Series {
  const values = Array.from({ length: minuteOf(end) - minuteOf(start) }, (_, k) => valueAt(k));
  return { start: at(start), periodSeconds: 60, values };
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

type Of = Partial<Omit<Measured, 'metric' | 'series'>>;

export function meter(metric: Measured['metric'], series: Series, of: Of = {}): Measured {
  return { metric, relation: 'this', ...of, series };
}

/** The same minutes a day earlier. */
export function aDayBefore({ start, ...series }: Series): Series {
  return { ...series, start: new Date(Date.parse(start) - 86_400_000).toISOString() };
}

export const REQUESTS = meter('requests', steps({ '00:00': 1000 }));
export const ERRORS = meter('errors', steps({ '00:00': null, '03:02': 200 }));

export const ERROR_RATE: AlarmNow = {
  state: 'ALARM',
  actionsEnabled: true,
  limit: { threshold: 5, breaches: 'above' },
  periodSeconds: 60,
  evaluationPeriods: 2,
  metric: 'errorRate',
};

export interface Night {
  readonly alarm: AlarmNow;
  readonly measured: readonly Measured[];
  readonly recent: readonly Deployment[];
}

/** What is known of such a night. */
export function factsOf(
  { alarm = ERROR_RATE, measured = [REQUESTS, ERRORS], recent = [V42, V41] }: Partial<Night> = {},
  changed: Partial<Facts> = {},
): Facts {
  const [deployment] = recent;
  return given.facts({
    plan: given.planOf(undefined, { recent, ...(deployment !== undefined && { deployment }) }),
    alarm: given.found(alarm),
    measured: given.found(measured),
    ...changed,
  });
}

/** @throws TypeError where there is no suspect or nothing says since when it hurts */
export function sceneIn(night: Partial<Night> = {}, changed: Partial<Facts> = {}): Scene {
  const scene = sceneOf(factsOf(night, changed), NOW);
  if (scene === null) throw new TypeError('there is no scene');
  return scene;
}
