import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeOut } from '../../../scripts/lastgood/out.ts';
import { WrongUse } from '../../../scripts/command-line/status.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lastgood-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes the file', async () => {
  const file = path.join(folder, 'page.html');
  await writeOut(file, 'a page');
  expect(readFileSync(file, 'utf8')).toBe('a page');
});

test.each([
  [path.join(folder, 'none', 'x'), /^--out ".*none\/x" cannot be written: its folder does not exist$/],
  [folder, /^--out ".*" cannot be written: it is a folder$/],
])('names --out where it cannot: %s', async (file, says) => {
  const refused = await writeOut(file, 'a page').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WrongUse);
  expect((refused as WrongUse).message).toMatch(says);
});
