import { describe, expect, it } from 'vitest';
import { estimateFrom } from '../../../src/readiness/estimate.ts';
import { measurementsIn, type Measurement, type Recorded } from '../../../src/readiness/measurement.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT, ready as plan, request } from '../rollback/documents.ts';

const measured = (seconds: number, more: Partial<Measurement> = {}): Measurement => ({
  ...{ execution: `of ${seconds}`, at: AT, rung: 'redeploy', seconds, isRehearsal: false },
  ...more,
});

const took = (seconds: number, more: Partial<Deployment> = {}): Deployment => ({
  ...{ id: 'd', state: 'completed', startedAt: AT, isRollback: false, revision: plan.to },
  finishedAt: after(AT, seconds),
  ...more,
});

describe('an estimate', () => {
  it('is the median of rollbacks and deployments', () => {
    expect(estimateFrom([measured(100)], [took(300), took(500)])).toEqual({
      seconds: 300,
      rollbacks: 1,
      deployments: 2,
    });
    expect(estimateFrom([measured(100)], [took(301)])).toEqual({
      seconds: 201,
      rollbacks: 1,
      deployments: 1,
    });
  });

  it('needs no deployments where there are enough rollbacks', () => {
    expect(
      estimateFrom(
        [60, 90, 80].map((one) => measured(one)),
        [took(900)],
      ),
    ).toEqual({
      seconds: 80,
      rollbacks: 3,
      deployments: 0,
    });
  });

  it('counts the rollbacks of the rung that would go back, and all where that is unknown', () => {
    const both = [measured(60, { rung: 'stop' }), measured(300)];
    expect(estimateFrom(both, [], 'stop')).toMatchObject({ seconds: 60, rollbacks: 1 });
    expect(estimateFrom(both, [], 'shift')).toBeNull();
    expect(estimateFrom(both, [])).toMatchObject({ seconds: 180, rollbacks: 2 });
  });

  it('names the newest rehearsal among them', () => {
    const rehearsals = [61.2, 90].map((one) => measured(one, { isRehearsal: true }));
    expect(estimateFrom([measured(30), ...rehearsals], [], 'redeploy')).toEqual({
      ...{ seconds: 61, rollbacks: 3, deployments: 0 },
      rehearsal: { execution: 'of 61.2', at: AT, seconds: 61 },
    });
    expect(estimateFrom([measured(30), ...rehearsals], [took(40)], 'stop')).not.toHaveProperty('rehearsal');
  });

  it('leaves out what failed, runs, or waited for hours, and is null without measurements', () => {
    const { finishedAt, ...running } = took(1);
    expect(finishedAt).toBeDefined();
    expect(estimateFrom([], [took(60, { state: 'failed' }), running, took(5 * 3600), took(0)])).toBeNull();
  });
});

describe('a rollback', () => {
  const record: Recorded = {
    ...{ execution: 'e', startedAt: AT, request },
    outcome: { state: 'rolled-back', at: after(AT, 900), reason: 'It runs again.' } as Recorded['outcome'] &
      object,
    measured: {
      rung: 'redeploy',
      wroteAt: after(AT, 10),
      restoredAt: after(AT, 600),
      provenAt: after(AT, 900),
    },
  };

  it('takes until users are served well, without the time of answers and pauses', () => {
    const of = { execution: 'e', at: AT, rung: 'redeploy', isRehearsal: false };
    expect(measurementsIn([record])).toEqual([{ ...of, seconds: 600 }]);
    const waited = { ...record, measured: { ...record.measured!, waitedSeconds: 420 } };
    expect(measurementsIn([waited])).toEqual([{ ...of, seconds: 180 }]);
    const clocks = { ...record, measured: { ...record.measured!, waitedSeconds: 601 } };
    expect(measurementsIn([clocks])).toEqual([{ ...of, seconds: 0 }]);
  });

  it('is not measured where it failed, runs, or its steps are not known', () => {
    const { measured: times, ...unmeasured } = record;
    const { outcome, ...running } = record;
    expect([times, outcome]).not.toContain(undefined);
    const dirty = { ...record, outcome: { ...outcome!, state: 'failed-dirty' } } as Recorded;
    expect(measurementsIn([unmeasured, running, dirty])).toEqual([]);
  });

  it('of a rehearsal is named where it went back', () => {
    const way = (is: 'back' | 'forward'): Recorded => ({
      ...record,
      request: { ...request, trigger: { type: 'rehearsal', id: 'cli:1', at: AT, by: 'ada', way: is } },
    });
    expect(measurementsIn([way('forward'), way('back')]).map(({ isRehearsal }) => isRehearsal)).toEqual([
      false,
      true,
    ]);
  });
});
