import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/report/page.ts';
import type { Chart, Material } from '../../../src/report/material.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { HeldBack } from '../../../src/rollback/pause.ts';
import type { LookoutTrigger } from '../../../src/rollback/request.ts';
import type { Deployment, Plan } from '../../../src/rollback/plan.ts';
import type { Verdict } from '../../../src/rollback/verdict.ts';
import { parsed } from './drawn.ts';
import { document, material } from './material.ts';

const at = (time: string) => `2026-11-22T${time}.000Z`;

/** Returns the figures of the head, the rows of the timeline, and the marks of the charts, as a reader sees them. */
function shownOf(of: Material) {
  const page = parsed(renderReport(of));
  const words = (selector: string) =>
    [...page.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
  const tables = [...page.querySelectorAll('table')];
  const rows = [...(tables[0]?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim()),
  );
  const row = (start: string) => rows.find(([what = '']) => what.startsWith(start));
  return { words, row, marks: words('.marks li'), figures: words('.figures div') };
}

const [chart] = material.charts as readonly [Chart];

function measured(
  values: Chart['lines'][number]['series']['values'],
  more: Partial<Chart> & { readonly periodSeconds?: number } = {},
): Material {
  const { periodSeconds = 60, ...rest } = more;
  const series = { start: at('02:05:00'), periodSeconds, values };
  return {
    ...material,
    charts: [{ ...chart, ...rest, lines: [{ name: 'measured', role: 'all', series }] }],
  };
}

function changed(changes: Partial<Rollback>, of: Material = material): Material {
  return { ...of, document: { ...document, ...changes } };
}

function without<T extends object, K extends keyof T>(of: T, key: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => name !== key)) as Omit<T, K>;
}

/** No proof of health, as a rollback that did not end well has none. */
const UNPROVEN = without(document, 'health');
const PLAN = document.plan as Extract<Plan, { readonly rungs: unknown }>;
const [SUSPECT] = PLAN.recent as readonly [Deployment];

describe('how long it hurt', () => {
  const until0216 = [0, 0, 0, 0, 0, 0, 0, 22, 40, 39, 38, 0, 0];

  it.each<[string, Material, string]>([
    ['by the datapoints past the limit', measured(until0216), '4 min to the minute, from 02:12 to 02:16 UTC'],
    [
      'without the datapoints below the limit between them',
      measured([0, 0, 0, 0, 0, 0, 0, 22, 3, 39, 38, 0, 0]),
      '3 min to the minute, in 2 stretches from 02:12 to 02:16 UTC',
    ],
    [
      'without datapoints from before the harm',
      measured([40, 40, 0, 0, 0, 0, 0, 22, 0]),
      '1 min to the minute, from 02:12 to 02:13 UTC',
    ],
    [
      'at least, where the last known datapoint is past it, and no proof followed',
      { ...measured([0, 0, 0, 0, 0, 0, 0, 22, 40, null, null]), document: UNPROVEN },
      'at least 2 min to the minute, from 02:12 to 02:14 UTC, where the known datapoints end',
    ],
    [
      'to its end, where a count is silent after it and health was proven',
      measured([null, null, null, null, null, null, null, 22, 40, null, null]),
      '2 min to the minute, from 02:12 to 02:14 UTC',
    ],
    [
      'to the five minutes of its period',
      measured([0, 30, 30, 0], { periodSeconds: 300 }),
      '10 min to the 5 minutes, from 02:10 to 02:20 UTC',
    ],
    [
      'with a limit that is reached and not passed',
      measured([0, 0, 0, 0, 0, 0, 0, 5, 0], { limit: { value: 5, breaches: 'above', orEqual: true } }),
      '1 min to the minute, from 02:12 to 02:13 UTC',
    ],
  ])('is said %s', (_, of, says) => {
    expect(shownOf(of).figures[0]).toBe(`metric over its limit for ${says}`);
  });

  it('is named below where the limit is the least', () => {
    const { figures, row } = shownOf(
      measured([4, 4, 4, 4, 4, 4, 4, 1, 1, 4], { limit: { value: 3, breaches: 'below' } }),
    );
    expect(figures[0]).toMatch(/^metric below its limit for 2 min/);
    expect(row('Metric below its limit')).toEqual(['Metric below its limit', '02:12', '02:14', '2 min']);
  });

  it('begins where the known datapoints begin, if the harm is older', () => {
    const series = { start: at('02:13:00'), periodSeconds: 60, values: [40, 40, 0] };
    const of = { ...material, charts: [{ ...chart, lines: [{ ...chart.lines[0]!, series }] }] };
    expect(shownOf(of).figures[0]).toContain(
      'at least 2 min to the minute, from 02:13, where they begin, to 02:15 UTC',
    );
  });

  it('is not said of users: without the metric, it is the time until all signs are healthy', () => {
    const { figures, row, words } = shownOf({ ...material, charts: [] });
    expect(figures[0]).toBe(
      'from harm to healthy signs 7 min 13 s the harm began in the minute from 02:12 UTC; ' +
        'users may have been served before all signs were healthy',
    );
    expect(row('Harm, until')).toEqual([
      'Harm, until all signs are healthy',
      'in the minute from 02:12',
      '02:19:13',
      '7 min 13 s',
    ]);
    expect(words('h2')).not.toContain('The metric that hurt');
  });

  it('is not known where neither the metric nor a proof ends it', () => {
    const { figures, row } = shownOf({ ...material, document: UNPROVEN, charts: [] });
    expect(figures[0]).toBe('harm began 02:12 in the minute from 02:12 UTC; its end is not known');
    expect(row('Harm began')).toEqual(['Harm began', 'in the minute from 02:12', '', '']);
  });

  it('leaves the title to the metrics alone, where none passed its limit', () => {
    const { words, figures } = shownOf(measured([0, 0, 0, 0, 0, 0, 0, 4, 4, 0]));
    expect(words('h2')).toContain('Metrics');
    expect(figures[0]).toMatch(/^from harm to healthy signs/);
  });
});

describe('when the harm began', () => {
  const later = { ...SUSPECT, startedAt: at('02:12:02'), finishedAt: at('02:14:00') };
  const onset = (changes: object) =>
    changed({
      plan: { ...PLAN, recent: [later] },
      verdict: { ...document.verdict!, since: { at: at('02:12:00'), until: at('02:13:00'), ...changes } },
    });

  it('is never drawn before a deployment that began within the same minute', () => {
    const { marks, row } = shownOf(onset({}));
    expect(marks.slice(0, 2)).toEqual([
      'Deployment of checkout:42 began 02:12:02',
      'Harm began in the minute from 02:12',
    ]);
    const drawn = [...parsed(renderReport(onset({}))).querySelectorAll('time[datetime]')].map((one) =>
      one.getAttribute('datetime'),
    );
    expect(drawn).not.toContain(at('02:12:00'));
    expect(row('Metric over')?.[1]).toBe('02:12');
  });

  it.each([
    [{ at: at('02:11:00'), until: at('02:12:00') }, 'in the minute from 02:11'],
    [{ at: at('02:10:00'), until: at('02:15:00') }, 'in the 5 minutes from 02:10'],
    [{ at: at('02:10:00'), until: at('02:15:00'), estimated: true as const }, 'between 02:10 and 02:15'],
    [{ at: at('02:12:10'), until: at('02:12:20') }, 'in the 10 seconds from 02:12:10'],
    [
      { at: at('02:11:00'), until: at('02:12:00'), unseenBefore: at('02:11:30') },
      'in the minute from 02:11, or earlier',
    ],
  ])('is said as exactly as it is known: %j', (since, says) => {
    expect(shownOf(onset(since)).marks).toContain(`Harm began ${says}`);
  });

  it.each([
    [at('02:12:00'), 'in the minute from 02:12'],
    [at('02:12:41'), 'at 02:12:41'],
  ])('is what a lookout saw at %s', (since, says) => {
    const trigger: LookoutTrigger = {
      ...{ type: 'lookout', id: '1', at: at('02:14:00'), deployment: SUSPECT.id, revision: 'revision/bad' },
      ...{ since, by: 'control', saw: [] },
    };
    const verdict = without(document.verdict!, 'since') as Verdict;
    const of = changed({ request: { ...document.request, trigger }, verdict });
    expect(shownOf(of).marks).toContain(`Harm began ${says}`);
  });
});

describe('a pause', () => {
  const order = { paused: true, by: 'ada', because: 'the database moves.' };
  const held = (changes: Partial<HeldBack>): HeldBack => ({
    ...{ state: 'resumed', at: at('02:18:00'), order, wrote: true, published: [] },
    spans: [{ from: at('02:15:30'), to: at('02:16:30') }],
    ...changes,
  });

  it('has a row, and a sentence in the head', () => {
    const { row, words } = shownOf(changed({ paused: held({}) }));
    expect(row('Lastgood was paused')).toEqual([
      'Lastgood was paused by ada',
      '02:15:30',
      '02:16:30',
      '1 min 0 s',
    ]);
    expect(words('.held')).toEqual([
      'It waited for 1 min 0 s, because Lastgood was paused by ada: the database moves.',
    ]);
  });

  it('of several parts is summed up, and one that is not over says so', () => {
    const spans = [{ from: at('02:15:30'), to: at('02:16:30') }, { from: at('02:18:17') }];
    const by = 'arn:aws:iam::111122223333:user/operator';
    const paused = held({ state: 'over', spans, order: { paused: true, by } });
    const { row, words } = shownOf(changed({ paused }));
    expect(row('Lastgood was paused')).toEqual([
      'Lastgood was paused by operator',
      '02:15:30',
      '',
      '4 min 0 s, not over',
    ]);
    expect(words('.held')[0]).toBe(
      'It waited for 4 min 0 s, because Lastgood was paused by operator. The pause was not over.',
    );
  });

  it('names a person of Slack by the member id, which the page can not resolve', () => {
    const paused = held({ order: { paused: true, by: 'slack:U0ADA' } });
    expect(shownOf(changed({ paused })).row('Lastgood was paused')?.[0]).toBe(
      'Lastgood was paused by Slack member U0ADA',
    );
    expect(
      shownOf(changed({ paused: held({ order: { paused: true } }) })).row('Lastgood was paused')?.[0],
    ).toBe('Lastgood was paused');
    expect(shownOf(changed({ paused: held({ spans: [] }) })).words('.held')).toEqual([]);
  });
});

describe('what others did', () => {
  it('shows a fix that the plan found after the deployment at fault', () => {
    const fix: Deployment = {
      ...{ id: 'deployment/fix', state: 'completed', isRollback: false },
      ...{ startedAt: at('02:16:00'), finishedAt: at('02:17:00') },
      revision: { id: 'revision/fix', name: 'checkout:43' },
    };
    const back: Deployment = { ...fix, id: 'deployment/back', isRollback: true, state: 'failed' };
    const open = without(fix, 'finishedAt');
    const plan = { ...PLAN, recent: [{ ...open, id: 'open' }, back, fix, SUSPECT] };
    const { row, marks } = shownOf(changed({ plan }));
    expect(row('Then deployed: checkout:43')).toEqual([
      'Then deployed: checkout:43',
      '02:16:00',
      '',
      '5 min 17 s, not over',
    ]);
    expect(row('Then brought back')?.[0]).toBe('Then brought back: checkout:43, which failed');
    expect(marks).toContain('Then deployed: checkout:43 02:16:00');
  });

  it('shows what took over when the way back met it, and the way back is over then', () => {
    const by = 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/Ems';
    const of: Material = {
      ...material,
      document: { ...UNPROVEN, settled: { state: 'overtaken', by, reason: 'a newer one' } },
      states: [...material.states, { name: 'Settle', at: at('02:17:00') }],
    };
    const { row, marks } = shownOf(of);
    expect(row('Another deployment')).toEqual(['Another deployment took over: Ems', '02:17:00', '', '']);
    expect(row('Way back 2')?.slice(1)).toEqual(['02:16:30', '02:17:00', '30 s']);
    expect(marks).toContain('Another deployment took over: Ems 02:17:00');
    expect(shownOf({ ...of, states: [] }).row('Another deployment')?.[1]).toBe('02:21:17');
  });

  it('shows that another made the last step', () => {
    const settled = { state: 'settled', at: at('02:18:00'), summary: 'blue', byAnother: true } as const;
    expect(shownOf(changed({ settled })).row('Found put back')?.slice(0, 2)).toEqual([
      'Found put back, without a write of Lastgood',
      '02:18:00',
    ]);
  });
});

describe('a deployment that was only seen', () => {
  const seen = { ...SUSPECT, startedAt: at('02:10:00'), finishedAt: at('02:11:00'), seenAt: at('02:11:00') };
  const rowOf = (changes: Partial<Deployment>) => {
    const plan = { ...PLAN, recent: [{ ...seen, ...changes }] };
    return shownOf(changed({ plan })).row('Deployment of');
  };

  it('has no length: it began between two sights', () => {
    expect(rowOf({})?.slice(1)).toEqual(['between 02:10 and 02:11', '', '']);
    const plan = { ...PLAN, recent: [seen] };
    expect(shownOf(changed({ plan })).marks[0]).toBe(
      'Deployment of checkout:42 began between 02:10 and 02:11',
    );
  });

  it('has the sights that are further apart, and the length of more than one step', () => {
    const sights = { notBefore: at('02:01:00'), seenAt: at('02:11:00') };
    expect(rowOf({ sights })?.slice(1)).toEqual(['between 02:01 and 02:11', '', '']);
    expect(rowOf({ finishedAt: at('02:13:00') })?.slice(1)).toEqual([
      'between 02:10 and 02:11',
      '02:13:00',
      '3 min 0 s',
    ]);
  });
});

describe('the way back', () => {
  it.each([
    ['rolled-back', 'back to'],
    ['skipped', 'the way back would lead to'],
    ['failed-clean', 'could not go back to'],
    ['failed-dirty', 'was to go back to'],
  ] as const)('of %s leads “%s”', (outcome, says) => {
    const { words } = shownOf({ ...material, end: { ...material.end, outcome } });
    expect(words('.route small')).toEqual(['from', says]);
  });
});
