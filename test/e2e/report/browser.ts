import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { launch, type Browser, type Page } from 'puppeteer-core';

/** Where Chromium and Chrome are installed. CHROMIUM names another place. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a browser; null where there is none. */
export const BROWSER = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;

/** https://github.com/dequelabs/axe-core */
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export type Scheme = 'light' | 'dark';

/** What a page shows at one width, in one colour scheme. */
export interface Looked {
  /** Errors and warnings of the console, and uncaught errors. */
  readonly console: readonly string[];
  /** Pixels by which the page is wider than the window. */
  readonly overflow: number;
  /** Violations of the rules of axe-core for WCAG 2 AA: the rule, and the first element. */
  readonly violations: readonly string[];
}

export function openBrowser(executablePath: string): Promise<Browser> {
  // Debian's Chromium has no sandbox for root, as in a container.
  return launch({ executablePath, args: ['--no-sandbox'] });
}

/** Looks at a page. Every fold is opened, because what is in it must be readable as well. */
export async function look(
  browser: Browser,
  html: string,
  width: number,
  scheme: Scheme,
  shot?: string,
): Promise<Looked> {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') said.push(message.text());
  });
  page.on('pageerror', (error) => void said.push(String(error)));
  page.on('requestfailed', (request) => void said.push(`requested ${request.url()}`));
  try {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setContent(html, { waitUntil: 'load' });
    if (shot !== undefined) await page.screenshot({ path: shot, fullPage: true });
    const overflow = await page.evaluate<[], () => number>(
      "document.querySelectorAll('details').forEach((one) => { one.open = true; }); document.documentElement.scrollWidth - innerWidth",
    );
    return { console: said, overflow, violations: await violationsOn(page) };
  } finally {
    await page.close();
  }
}

/** The content security policy of the page lets no script in; DevTools may run one nevertheless. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 150) + ' ' + (nodes[0].any[0] || {}).message))",
  )) as readonly string[];
  return found;
}
