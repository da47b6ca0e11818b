import { describe, expect, it } from 'vitest';
import { accusationOf, measuresOf, MEASURES } from '../../../src/events/measures.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import { after } from '../../../src/rollback/time.ts';
import { AT, ready, request } from '../rollback/documents.ts';

const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:lastgood-test-rollback:one';
const TARGET = 'ecs:prod/checkout';
const at = (seconds: number) => after(AT, seconds);
const claim = { kind: 'ecs', holder: EXECUTION, since: AT, expiresAt: at(600) };
const act = { verdict: 'act', at: AT, reasons: [] } as const;
const alarm = {
  ...request,
  trigger: { type: 'alarm', id: '1', at: AT, alarm: 'errors', onset: { at: at(-90), until: at(-30) } },
} as const;
const started = {
  state: 'started',
  rung: 0,
  at: at(4),
  deployment: 'back',
  settleBy: at(600),
  left: [],
} as const;
const proven: Rollback = {
  ...{ request: alarm, execution: EXECUTION, claim, plan: ready, verdict: act },
  stopped: { state: 'stopped', at: at(2), deployment: 'bad' },
  reverted: started,
  settled: { state: 'settled', at: at(60), summary: '2 of 2' },
  health: { state: 'proven', at: at(240), healthySince: at(120), signs: [] },
};

const named = (measures: ReturnType<typeof measuresOf>) =>
  measures.map(({ name, dimensions, value }) => [name, ...Object.values(dimensions), value].join(' '));
const ofDocument = (rollback: Rollback, state: 'rolled-back' | 'failed-dirty' | 'skipped' = 'rolled-back') =>
  named(measuresOf({ state }, TARGET, rollback));

describe('a rollback that worked', () => {
  it('measures its phases from the onset, and the reaction from the trigger', () => {
    expect(ofDocument(proven)).toEqual([
      'Outcomes rolled-back 1',
      'Outcomes ecs rolled-back 1',
      'PhaseSeconds ecs reaction 2',
      'PhaseSeconds ecs first-write 92',
      'PhaseSeconds ecs restored 210',
      'PhaseSeconds ecs proven 330',
      'RungsTaken ecs redeploy 1',
    ]);
  });

  it('measures from the trigger where the onset is not known', () => {
    const trigger = { type: 'deployment', id: '1', at: AT, deployment: 'bad' } as const;
    const byDeployment = { ...proven, request: { ...request, trigger } };
    expect(ofDocument(byDeployment)).toContain('PhaseSeconds ecs first-write 2');
  });

  it('measures from the trigger where the harm may have begun before its onset', () => {
    const since = { at: at(-90), until: at(-30), unseenBefore: at(-60) };
    const verdict = { verdict: 'act', at: AT, reasons: ['Sure.'], since } as const;
    expect(ofDocument({ ...proven, verdict })).toContain('PhaseSeconds ecs first-write 2');
  });

  it('counts the rungs that were left, and logs why', () => {
    const left = [{ rung: 0, reason: 'it did not settle' }];
    const measures = measuresOf({ state: 'failed-dirty' }, TARGET, {
      ...proven,
      reverted: { ...started, left },
    });
    expect(measures.filter(({ name }) => name.startsWith('Rungs'))).toMatchObject([
      { name: 'RungsLeft', dimensions: { kind: 'ecs', rung: 'redeploy' }, why: 'it did not settle' },
    ]);
  });
});

describe('the first write', () => {
  const without = ({ stopped: _, ...others }: Rollback) => others;

  it('is the start of the first rung where Stop wrote nothing', () => {
    expect(ofDocument(without(proven))).toContain('PhaseSeconds ecs reaction 4');
  });

  it.each([
    ['after a rung was left', { ...started, left: [{ rung: 0, reason: 'refused' }] }],
    ['if a native rollback was joined', { ...started, state: 'joined' as const }],
  ])('is not known %s', (_, reverted) => {
    const measures = ofDocument({ ...without(proven), reverted });
    expect(measures.filter((one) => /reaction|first-write/.test(one))).toEqual([]);
    expect(measures).toContain('PhaseSeconds ecs proven 330');
  });
});

describe('other ends', () => {
  it.each([
    [{ answer: 'approved', by: 'slack:U1', at: AT }, 'approved'],
    [{ answer: 'denied', by: 'slack:U1', at: AT }, 'denied'],
    [{ Error: 'States.Timeout' }, 'silence'],
    [{ Error: 'HeardMore' }, 'judged-again'],
  ] as const)('count the question that ended with %o', (approval, answer) => {
    expect(ofDocument({ ...proven, approval })).toContain(`Questions ${answer} 1`);
  });

  it('count a refused claim', () => {
    const refused = { request, execution: EXECUTION, error: { Error: 'TargetClaimed' } };
    expect(ofDocument(refused, 'skipped')).toEqual([
      'Outcomes skipped 1',
      'Outcomes ecs skipped 1',
      'ClaimsRefused ecs 1',
    ]);
  });

  it('are counted without a document, and without a target', () => {
    const dirty = { state: 'failed-dirty' } as const;
    expect(named(measuresOf(dirty, TARGET))).toEqual([
      'Outcomes failed-dirty 1',
      'Outcomes ecs failed-dirty 1',
    ]);
    expect(named(measuresOf(dirty, undefined))).toEqual(['Outcomes failed-dirty 1']);
  });
});

it('every measurement has one of the sets of dimensions of its metric', () => {
  const all = [
    ...measuresOf({ state: 'rolled-back' }, TARGET, { ...proven, approval: { Error: 'HeardMore' } }),
    accusationOf(TARGET, 'observe'),
  ];
  for (const { name, unit, dimensions } of all) {
    expect(MEASURES[name].unit).toBe(unit);
    expect(MEASURES[name].dimensions.map((set) => set.join())).toContain(Object.keys(dimensions).join());
  }
});
