import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INVARIANTS } from '../../local/campaign/invariants/all.ts';

const page = readFileSync('docs/campaign.md', 'utf8');
const [, section = ''] = page.split(/^## The invariants$/m);
const [table = ''] = section.split(/^## /m);
const rows = [...table.matchAll(/^\| `(\S+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, name = '', demands = '', origin = '']) => ({ name, demands, origin }),
);

test('docs/campaign.md has one row for each invariant, in the order of the code', () => {
  expect(rows.map(({ name }) => name)).toEqual(INVARIANTS.map(({ name }) => name));
});

test('each row has a sentence, and the origin that the code names', () => {
  expect(rows.filter(({ demands }) => !/^[A-Z].{10,}\.$/.test(demands))).toEqual([]);
  expect(rows.map(({ origin }) => origin)).toEqual(INVARIANTS.map(({ because }) => because));
});
