import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const PAGES = execFileSync('git', ['ls-files', '--', '*.md'], { encoding: 'utf8' }).trim().split('\n');

/** Returns the links of a page that lead into this repository. Code is not read: a `](` in it is none. */
function linksOf(page: string): readonly string[] {
  const prose = readFileSync(page, 'utf8')
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/`[^`\n]*`/g, 'code');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(https?|mailto):/.test(link));
}

/** Returns the anchors of a page: its headings, as GitHub writes them, and those that it sets itself. */
function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor = ''] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return true;
  return anchor !== '' && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
}

test.each(PAGES)('%s has no broken link', (page) => {
  expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
});
