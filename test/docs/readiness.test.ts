import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { IDS } from '../../src/readiness/ids.ts';

const page = readFileSync('docs/readiness.md', 'utf8');

/** The headings of the tables of findings. */
const HEADINGS: Readonly<Record<string, string>> = {
  shared: 'Findings of every kind',
  ecs: 'ECS services',
  appconfig: 'Configurations of AppConfig',
  asg: 'Auto Scaling groups',
  elb: 'Weights of listeners and rules',
  cloudformation: 'Stacks of CloudFormation',
  codedeploy: 'CodeDeploy deployment groups',
  external: 'Targets of other systems',
  lambda: 'Aliases of Lambda',
  lattice: 'Weights in VPC Lattice',
  apigateway: 'Stages of API Gateway',
  pipeline: 'Stages of CodePipeline',
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

/** Stories with what they find, and the kind of their target; undefined: any. */
const stories = scenarios.flatMap((story) =>
  'finds' in story ? [{ name: story.name, kind: kindOf(story.name), finds: story.finds as string[] }] : [],
);

function kindOf(name: string): string | undefined {
  return Object.keys(IDS).find((kind) => name.startsWith(`readiness-${kind}-`));
}

describe.each(Object.entries(IDS))('each finding of %s', (kind, ids) => {
  const own = stories.filter((story) => kind === 'shared' || story.kind === kind);

  it.each(Object.keys(ids))('%s is shown by a story, and not by another', (id) => {
    const shows = own.filter(({ finds }) => finds.includes(id)).map(({ name }) => name);
    expect(shows).not.toEqual([]);
    expect(own.filter(({ finds }) => !finds.includes(id)).length).toBeGreaterThan(0);
  });
});

test.each(Object.keys(IDS).filter((kind) => kind !== 'shared'))(
  'a story of %s finds nothing, and another that the role lacks a permission',
  (kind) => {
    const found = stories.filter((story) => story.kind === kind).map(({ finds }) => finds.join());
    expect(found).toEqual(expect.arrayContaining(['', 'not-permitted']));
  },
);

test('a story finds nothing but what there is', () => {
  const known = new Set(Object.values(IDS).flatMap((ids) => Object.keys(ids)));
  expect(stories.flatMap(({ finds }) => finds).filter((id) => !known.has(id))).toEqual([]);
});
