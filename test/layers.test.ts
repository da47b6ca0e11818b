import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { forbiddenAmong, LAYERS } from './layers/arrows.ts';
import { circlesIn } from './layers/circles.ts';
import { importsIn, readImports } from './layers/graph.ts';

const imports = readImports();

test('every import follows an allowed arrow', () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(forbiddenAmong(imports)).toEqual([]);
});

test('the embedded AWS is the one in this tree', () => {
  const found = createRequire(import.meta.url).resolve('@lastgood/embedded-aws/world/world.ts');
  expect(found, 'run npm ci in this tree').toBe(path.resolve('embedded-aws/world/world.ts'));
});

test('no import runs in a circle', () => {
  expect(circlesIn(imports).map((circle) => circle.join(' -> '))).toEqual([]);
});

test('no row of the table allows an arrow to itself or to a row below it', () => {
  const upward = LAYERS.flatMap(({ folder, imports: allowed }, row) =>
    allowed
      .filter((place) => LAYERS.slice(row).some((below) => isWithin(place, below.folder)))
      .map((place) => `${folder} -> ${place}`),
  );
  expect(upward).toEqual([]);
});

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}/`);
}

describe('a probe is found', () => {
  const forbidden: readonly (readonly [from: string, line: string, to: string])[] = [
    [
      'src/rollback/probe.ts',
      "import { plan } from '../../functions/mechanisms/asg/plan.ts';",
      'functions/mechanisms/asg/plan.ts',
    ],
    ['src/rollback/probe.ts', "import type { Claims } from '../ledger/claims.ts';", 'src/ledger/claims.ts'],
    ['src/rollback/probe.ts', "export { emit } from '../events/emit.ts';", 'src/events/emit.ts'],
    ['src/rollback/probe.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['src/rollback/probe.ts', "import { ECSClient } from '@aws-sdk/client-ecs';", '@aws-sdk/client-ecs'],
    [
      'src/targets/probe.ts',
      "import { kind } from '../../functions/mechanisms/asg/target.ts';",
      'functions/mechanisms/asg/target.ts',
    ],
    [
      'functions/mechanisms/asg/probe.ts',
      "import { planWith } from '../ecs/plan.ts';",
      'functions/mechanisms/ecs/plan.ts',
    ],
    [
      'functions/mechanisms/ecs/code-deploy/probe.ts',
      "type Memo = import('../../codedeploy/memo.ts').Memo;",
      'functions/mechanisms/codedeploy/memo.ts',
    ],
    [
      'functions/mechanisms/asg/probe.ts',
      "import { build } from '../../../scripts/build.ts';",
      'scripts/build.ts',
    ],
    [
      'functions/mechanisms/asg/probe.ts',
      "const { startSlack } = await import('../../../local/slack/server.ts');",
      'local/slack/server.ts',
    ],
    [
      'functions/mechanisms/asg/probe.ts',
      "const { createWorld } = await import('@lastgood/embedded-aws/world/world.ts');",
      'embedded-aws/world/world.ts',
    ],
    [
      'functions/guard/probe.ts',
      "import { report } from '../report/report.ts';",
      'functions/report/report.ts',
    ],
    [
      'functions/sweep/probe.ts',
      "import { planWith } from '../mechanisms/ecs/plan.ts';",
      'functions/mechanisms/ecs/plan.ts',
    ],
    ['functions/probe.cjs', "const { build } = require('../scripts/build.ts');", 'scripts/build.ts'],
    [
      'scripts/probe.ts',
      "import { createWorld } from '../embedded-aws/world/world.ts';",
      'embedded-aws/world/world.ts',
    ],
    [
      'embedded-aws/world/probe.ts',
      "import type { Claims } from '../../src/ledger/claims.ts';",
      'src/ledger/claims.ts',
    ],
    [
      'embedded-aws/runtime/probe.ts',
      "import { PACKAGED } from '../../scripts/package.ts';",
      'scripts/package.ts',
    ],
    [
      'embedded-aws/test/world/probe.ts',
      "import { openStage } from '../../../local/scenarios/stage.ts';",
      'local/scenarios/stage.ts',
    ],
    [
      'embedded-aws/world/probe.ts',
      "import type { HttpRequest } from '../wire/http.ts';",
      'embedded-aws/wire/http.ts',
    ],
    [
      'local/probe.ts',
      "import { GOOD } from '@lastgood/embedded-aws/test/world/ecs-world.ts';",
      'embedded-aws/test/world/ecs-world.ts',
    ],
  ];

  it.each(forbidden)('%s: %s', (from, line, to) => {
    expect(forbiddenAmong(importsIn(from, line))).toEqual([`${from} -> ${to}`]);
  });

  const allowed: readonly (readonly [from: string, line: string])[] = [
    ['src/rollback/rules/probe.ts', "import { after } from '../time.ts'; import * as z from 'zod/mini';"],
    ['src/ledger/probe.ts', "import { clientOptions } from '../aws/client.ts';"],
    ['functions/mechanisms/ecs/code-deploy/probe.ts', "import { Memo } from '../memo.ts';"],
    ['functions/sweep/probe.ts', "import { createReconciler } from '../mechanisms/ecs/reconcile.ts';"],
    ['local/probe.ts', "import { main } from '../scripts/package.ts';"],
    ['local/probe.ts', "import { createWorld } from '@lastgood/embedded-aws/world/world.ts';"],
    ['test/probe.ts', "import { GOOD } from '@lastgood/embedded-aws/test/world/ecs-world.ts';"],
    ['embedded-aws/runtime/probe.ts', "import { startWire } from '../wire/wire.ts';"],
  ];

  it.each(allowed)('and this one passes: %s: %s', (from, line) => {
    expect(forbiddenAmong(importsIn(from, line))).toEqual([]);
  });

  it('finds a circle, of types too, and names the files on it', () => {
    const [head, body, tail] = [
      importsIn('src/rollback/head.ts', "import { b } from './body.ts';"),
      importsIn('src/rollback/body.ts', "import { c } from './tail.ts'; import { d } from './apart.ts';"),
      importsIn('src/rollback/tail.ts', "import type { A } from './head.ts';"),
    ];
    expect(circlesIn([...head, ...body])).toEqual([]);
    expect(circlesIn([...head, ...body, ...tail])).toEqual([
      ['src/rollback/head.ts', 'src/rollback/body.ts', 'src/rollback/tail.ts'],
    ]);
  });
});
