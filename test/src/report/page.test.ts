import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderReport, MAX_PAGE_BYTES } from '../../../src/report/page.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import type { Evidence } from '../../../src/rollback/evidence.ts';
import type { Material } from '../../../src/report/material.ts';
import { document, material } from './material.ts';

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

function pageOf(of: Material) {
  const html = renderReport(of);
  const { document: page } = parseHTML(html) as unknown as { readonly document: Element };
  const all = (selector: string) => [...page.querySelectorAll(selector)];
  const words = (selector: string) =>
    all(selector).map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
  return { html, all, words };
}

const WITHOUT = { ...material, document: null, states: [], charts: [] };

describe('a report page', () => {
  const { words, all, html } = pageOf(material);

  it('says the outcome, the route, and the figures', () => {
    expect(words('h1')).toEqual(['ecs:prod/checkout']);
    expect(words('.outcome')[0]).toContain('healthy since 02:19:13 UTC.');
    expect(words('.route code')).toEqual(['checkout:42', 'checkout:41']);
    expect(words('.figures div')).toEqual([
      'metric over its limit for 4 min to the minute, from 02:12 to 02:16 UTC',
      'first write after 4.0 s from the trigger',
      'all signs healthy after 4 min 17 s from the trigger',
      'proven after 6 min 20 s from the trigger',
    ]);
  });

  it('draws the timeline to scale, with a table of the same', () => {
    const [table] = all('table');
    const rows = [...table!.querySelectorAll('tbody tr')].map(({ textContent }) =>
      textContent.replaceAll(/\s+/g, ' ').trim(),
    );
    expect(rows).toHaveLength(9);
    expect(rows.join('\n')).toContain('Way back 2: deploy checkout:41 again 02:16:3002:18:001 min 30 s');
    expect(all('svg title').map(({ textContent }) => textContent)).toContain(
      'Timeline of the rollback, to scale',
    );
    const [bar] = all('.wide .bars rect');
    expect(Number(bar!.getAttribute('width'))).toBeGreaterThan(100);
  });

  it('marks the chart with each instant, in the order of time', () => {
    expect(words('.marks li')).toEqual([
      'Deployment of checkout:42 began 02:11:50',
      'Harm began in the minute from 02:12',
      'Alarm turned 02:14:56',
      'First write of Lastgood 02:15:00',
      'All signs healthy 02:19:13',
      'Health proven 02:21:16',
    ]);
  });

  it('shows reasons for and against, evidence, differences, ways and signs', () => {
    expect(words('ul.for li')).toEqual(['The alarm was quiet before.']);
    expect(words('ul.against li')).toEqual(['Load rose at the same time.']);
    expect(words('.triage strong')).toEqual(['Out of memory']);
    expect(words('pre')).toEqual(
      expect.arrayContaining(['3 × checkout:42: exit code 137', 'aws ecs update-service --desired-count 4']),
    );
    expect(html).toContain('logs: no answer within 8 seconds');
    expect(words('.changes dt')).toEqual(['image of app']);
    expect(words('section tbody tr').join('\n')).toMatch(/stop-deployment.*left: nothing was in flight/);
    expect(words('.signs strong')).toEqual(['alarm checkout-5xx']);
  });

  it('has the whole document', () => {
    expect(JSON.parse(all('#document')[0]!.textContent)).toEqual(document);
  });

  it('takes nothing from elsewhere, and every drawing has words', () => {
    expect(all('[src], link:not([href="data:,"]), [style], [onclick]')).toEqual([]);
    for (const svg of all('svg'))
      expect(svg.getAttribute('aria-labelledby')).toMatch(/^\S+-title \S+-description$/);
    expect(html).not.toContain('could not be shown');
  });
});

describe('untrusted text', () => {
  const evil = `</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e`;
  const everywhere = (value: unknown): unknown => {
    if (typeof value === 'string')
      return /^\d{4}-|^(alarm|ready|act|started|settled|proven|healthy|stopped|completed|out-of-memory)$/.test(
        value,
      )
        ? value
        : `${value}${evil}`;
    if (Array.isArray(value)) return value.map(everywhere);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, everywhere(one)]));
  };
  const { all, html } = pageOf({
    ...material,
    target: evil,
    execution: `arn:${evil}`,
    document: everywhere(document) as Rollback,
    end: { ...material.end, reason: evil, advice: [evil] },
    charts: material.charts.map((chart) => ({
      ...chart,
      title: evil,
      measures: evil,
      lines: chart.lines.map((line) => ({ ...line, name: evil })),
    })),
    missing: [evil],
  });

  it('becomes no element, in any place', () => {
    expect(all('script')).toHaveLength(1);
    expect(all('img, [onerror]')).toEqual([]);
    expect(html.match(/<script>alert/g)).toBeNull();
    expect(html).not.toContain('\u202e');
  });
});

describe('words of a document', () => {
  const when = '2026-11-22T02:14:56.117Z';
  const { reverted, health, gathered } = document as Required<Rollback>;
  const evidence: Evidence = {
    ...{ at: when, found: [{ source: 'alarm history', lines: [`turned at ${when}`] }] },
    missing: [{ source: 'container logs', reason: `no group since ${when}` }],
    triage: { cause: 'unknown', says: `nothing since ${when}`, because: [] },
    companions: [{ of: 'desired-count', says: `changed at ${when}` }],
  };
  const { all, words } = pageOf({
    ...material,
    end: { ...material.end, reason: `slack:U0ADA decided not to go back at ${when}.` },
    document: {
      ...document,
      request: { ...document.request, reason: `it hurts since ${when}` },
      reverted: { ...reverted, left: [{ rung: 0, reason: `gone at ${when}` }] } as typeof reverted,
      settled: { state: 'settled', at: when, summary: `all since ${when}` },
      gathered: { ...gathered, evidence },
      health: { ...health, signs: [{ of: 'alarm a', state: 'healthy', says: `OK since ${when}` }] },
      approval: { answer: 'denied', by: 'slack:U0ADA', at: when },
    },
  });

  it('show each instant as a clock does, with the whole one as its title', () => {
    const shown = all('body main section:not(.raw), header').map(({ textContent }) => textContent);
    expect(shown.join('\n').match(/\d{4}-\d\d-\d\dT\S+/g)).toBeNull();
    expect(shown.join('\n').match(/02:14:56 UTC/g)).toHaveLength(9);
    expect(all('pre time')[0]?.getAttribute('title')).toBe(when);
  });

  it('show the day of what was gathered, which may be older', () => {
    expect(words('pre')[0]).toBe('turned at 2026-11-22 02:14:56 UTC');
  });

  it('name a person of Slack by the member id: only Slack knows the name', () => {
    expect(words('.outcome p')).toEqual(['Slack member U0ADA decided not to go back at 02:14:56 UTC.']);
    expect(words('.person')[0]).toContain('Denied by Slack member U0ADA');
  });

  it('say what could not be read, and why', () => {
    expect(words('h3')).toContain('Could not be read');
    expect(words('li')).toContain('container logs: no group since 02:14:56 UTC');
  });
});

describe('what is not known', () => {
  it('leaves a page with the outcome, where no document could be read', () => {
    const { words } = pageOf({ ...WITHOUT, target: undefined, missing: ['Nothing.'] });
    expect(words('h1')).toEqual(['Unknown target']);
    expect(words('section h2')).toEqual(['Do next', 'Not read']);
  });

  it('leaves out the parts of states that were never reached', () => {
    const { request, claim } = document;
    const { words, html } = pageOf({ ...material, document: { request, claim: claim! }, charts: [] });
    expect(words('section h2')).toEqual(['Do next', 'What happened', 'Why', 'The document']);
    expect(html).not.toContain('could not be shown');
  });

  it('notes a part of another form, and shows the others', () => {
    const health = { state: 'proven', at: material.end.endedAt, signs: 'none' } as never;
    const { words, html } = pageOf({ ...material, document: { ...document, health } });
    expect(html).toContain('A part of this page could not be shown');
    expect(words('section h2')).toContain('Why');
  });
});

describe('a document of 256 KiB', () => {
  const sizes = (fill: string) => {
    const lines = Array.from({ length: 60 }, () => fill.repeat(Math.floor(4_200 / fill.length)));
    const evidence = { at: material.end.endedAt, found: [{ source: 'logs', lines }], missing: [] };
    const large = { ...document, gathered: { evidence } } as Rollback;
    const bytes = Buffer.byteLength(JSON.stringify(large));
    expect(bytes).toBeGreaterThan(245_000);
    return { ...pageOf({ ...material, document: large }), large };
  };

  it('is whole in a page of less than 400 KB', () => {
    const { html, all, large } = sizes('log line ');
    expect(Buffer.byteLength(html)).toBeLessThan(MAX_PAGE_BYTES + 1);
    expect(JSON.parse(all('#document')[0]!.textContent)).toEqual(large);
  });

  it('is cut with a note where escaping makes it too long', () => {
    const { html, words } = sizes('<&>');
    expect(Buffer.byteLength(html)).toBeLessThan(400_000);
    expect(words('.raw p')[0]).toContain('It is too long for this page, and cut.');
    expect(words('#document')[0]).toMatch(/…$/);
  });
});
