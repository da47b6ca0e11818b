import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { IDS } from '../../src/readiness/ids.ts';

const page = readFileSync('docs/readiness.md', 'utf8');

/** The headings of the tables of findings. */
const HEADINGS: Readonly<Record<string, string>> = {
  shared: 'Findings of every kind',
  ecs: 'ECS services',
  asg: 'Auto Scaling groups',
  elb: 'Weights of listeners and rules',
  codedeploy: 'CodeDeploy deployment groups',
  lambda: 'Aliases of Lambda',
  route53: 'Weighted records',
};

/** Returns the rows of the table of a kind: each finding with its severities. */
function rowsOf(kind: string): ReadonlyMap<string, readonly string[]> {
  const [, section = ''] = page.split(`\n## ${HEADINGS[kind] ?? ''}\n`);
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\| `([a-z-]+)` *\| ([a-z, ]+?) *\|/gm)];
  return new Map(rows.map(([, id = '', severities = '']) => [id, severities.split(', ')]));
}

describe('docs/readiness.md', () => {
  it.each(Object.entries(IDS))(
    'has every finding of %s with its usual severity, and no other',
    (kind, ids) => {
      const rows = rowsOf(kind);
      expect([...rows.keys()].toSorted()).toEqual(Object.keys(ids).toSorted());
      for (const [id, severity] of Object.entries(ids)) expect([id, ...rows.get(id)!]).toContain(severity);
    },
  );
});

/** Findings that only unit tests of their mechanism can show yet. */
const WITHOUT_STORY = ['ttl-unknown'];

test('a story shows each finding, and another one does not', () => {
  const found = scenarios.flatMap((story) => ('finds' in story ? [story.finds as readonly string[]] : []));
  const known = Object.values(IDS).flatMap((ids) => Object.keys(ids));
  const shown = new Set(found.flat());
  expect([...new Set(known)].filter((id) => !shown.has(id))).toEqual(WITHOUT_STORY);
  expect(found.filter((ids) => ids.length === 0).length).toBeGreaterThan(1);
});
