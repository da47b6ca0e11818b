import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { scenarios } from '../../../local/scenarios/all.ts';
import { play } from '../../../local/scenarios/play.ts';
import { reportOf } from '../../../local/scenarios/report/keep.ts';
import { HOW_TO_OPEN } from '../../../functions/open-report/how-to-open.ts';
import { BROWSER, look, openBrowser, type Scheme } from './browser.ts';

/** Stories with each outcome, and with each sort of trigger. */
const STORIES = {
  'rolled back by an alarm': 'ecs-errors-after-completion',
  skipped: 'ecs-observe',
  'failed clean': 'ecs-no-last-known-good',
  'failed dirty': 'ecs-dependency-down',
  'asked and approved': 'slack-two-people',
  'accused by the lookout': 'lookout-canary-few-errors',
} as const;

const WIDTHS = [360, 1280];
const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const FINE = { console: [], overflow: 0, violations: [] };

/** SCREENSHOTS names a folder for pictures of all pages. */
const { SCREENSHOTS } = process.env;

if (BROWSER === null)
  console.warn('no Chromium is installed: report pages are not looked at. CHROMIUM may name its path.');

/** Four pages each, and a browser takes its time on a busy machine. */
const LIMIT_MS = 300_000;

describe.skipIf(BROWSER === null)('in a browser', { timeout: LIMIT_MS }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(BROWSER ?? '');
    if (SCREENSHOTS !== undefined) mkdirSync(SCREENSHOTS, { recursive: true });
  });
  afterAll(() => browser.close());

  async function lookedAt(html: string, name: string) {
    const all: Record<string, unknown> = {};
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) {
        const shot = SCREENSHOTS && `${SCREENSHOTS}/${name}-${width}-${scheme}.png`;
        all[`${width} ${scheme}`] = await look(browser, html, width, scheme, shot);
      }
    return all;
  }

  const everywhere = Object.fromEntries(
    WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [`${width} ${scheme}`, FINE])),
  );

  it.each(Object.entries(STORIES))('the report of what %s can be read', async (_, name) => {
    const html = await pageOf(name);
    expect(Buffer.byteLength(html)).toBeLessThan(200_000);
    expect(html).not.toContain('could not be shown');
    expect(instantsIn(html)).toEqual([]);
    expect(await lookedAt(html, name)).toEqual(everywhere);
  });

  it('the page behind the link of an event can be read', async () => {
    expect(await lookedAt(HOW_TO_OPEN.body, 'how-to-open')).toEqual(everywhere);
  });
});

/** Returns the instants that a reader sees as they are stored. The raw document keeps them. */
function instantsIn(html: string): readonly string[] {
  const shown = html.replace(/<pre id="document".*?<\/pre>/s, '').replaceAll(/<[^>]*>/g, '\n');
  return [...shown.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d\S*/g)].map(([instant]) => instant);
}

async function pageOf(name: string): Promise<string> {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario is named ${name}`);
  const pages: string[] = [];
  await play(scenario, {
    seed: 1,
    fast: true,
    onEnd: (stage) => void pages.push(reportOf(scenario, stage) ?? `${name} has no report`),
  });
  return pages[0] ?? '';
}
