import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../../scripts/judge/decide.ts';
import { fit, moduleOf } from '../../scripts/judge/fit.ts';
import { decideHeldOut, foldOf, FOLDS } from '../../scripts/judge/held-out.ts';
import { readIncident } from '../../scripts/judge/incident.ts';
import { readIncidents } from '../../scripts/judge/read.ts';
import { scoreOf, wilson, type Score } from '../../scripts/judge/score.ts';
import { CLUES, type ClueName } from '../../src/rollback/clues/all.ts';
import { BASE, WEIGHTS } from '../../src/rollback/clues/weights.ts';

/** Every tenth incident of those that the weights were fitted to. */
const FIXTURES = 'test/fixtures/incidents';
const REALISTIC = `${FIXTURES}/realistic.jsonl.gz`;
const SETS = `${FIXTURES}/sets.jsonl.gz`;
const lines = gunzipSync(readFileSync(REALISTIC)).toString('utf8').trim().split('\n');
const [first = '', second = ''] = lines;

let folder = '';
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'judge-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const where = path.join(folder, name);
  writeFileSync(where, content);
  return where;
}

function judge(args: readonly string[], input = '') {
  const run = ['scripts/run.cjs', 'scripts/judge.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const changed = (change: (incident: Record<string, unknown>) => unknown): string =>
  JSON.stringify(change(JSON.parse(first) as Record<string, unknown>));

const withoutRevision = (deployments: unknown): unknown =>
  (deployments as { relation: string; revision?: unknown }[]).map(({ revision: _revision, ...one }) => one);

describe('the figures', () => {
  const scoreIn = (from: string) => scoreOf(readIncidents(from).map((incident) => decide(incident)));

  // In incidents as they come, recall and act-or-ask leave room for one more miss. The other bounds leave little. They
  // fail if the clue of time, of a quiet beginning, of earlier releases, of both sides or of leaks is broken. The other
  // clues are too rare among so few incidents: their own tests cover them.
  test('hold on incidents as they come', () => {
    const { scored, precision, recall, actOrAsk, sideBySide, asked } = scoreIn(REALISTIC);
    expect(scored).toBe(40);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.65);
    expect(actOrAsk).toBeGreaterThanOrEqual(0.9);
    expect(sideBySide.precision).toBeGreaterThanOrEqual(0.96);
    expect(asked / scored).toBeLessThanOrEqual(0.2);
  });

  test('hold on hard situations', () => {
    const { scored, precision, recall, actOrAsk, bySet } = scoreIn(SETS);
    expect(scored).toBe(45);
    expect(precision).toBeGreaterThanOrEqual(0.8);
    expect(recall).toBeGreaterThanOrEqual(0.45);
    expect(actOrAsk).toBeGreaterThanOrEqual(0.88);
    for (const set of ['reverted-already', 'fix-under-way', 'surge-at-deploy'])
      expect([set, bySet[set]?.acted]).toEqual([set, 0]);
  });
});

describe('npm run judge', () => {
  test('--json is one document with exactly these fields', () => {
    const { status, stdout, stderr } = judge(['--json', REALISTIC]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const score = JSON.parse(stdout) as Score;
    expect(Object.keys(score)).toEqual([
      'incidents',
      'scored',
      'acted',
      'asked',
      'lookedAgain',
      'precision',
      'precision95',
      'recall',
      'recall95',
      'actOrAsk',
      'sideBySide',
      'byCause',
      'bySet',
    ]);
    expect(Object.keys(score.sideBySide)).toEqual(['n', 'acted', 'asked', 'right', 'precision', 'actOrAsk']);
    for (const counts of [...Object.values(score.byCause), ...Object.values(score.bySet)])
      expect(Object.keys(counts)).toEqual(['n', 'acted', 'asked', 'right']);
    expect(score).toEqual(
      JSON.parse(JSON.stringify(scoreOf(readIncidents(REALISTIC).map((one) => decide(one))))),
    );
  });

  test('prints the verdict, its confidence and its reasons of each, and the figures at the end', () => {
    const { status, stdout } = judge([file('one.json', first)]);
    const { id } = JSON.parse(first) as { id: string };
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${id}: (act|ask|observe|skip)`));
    expect(stdout).toMatch(/\n {4}[A-Z].*\.\n/);
    expect(stdout).toContain('1 incidents, 1 scored');
    expect(judge(['--quiet', file('one.json', first)]).stdout).not.toContain(id);
  });

  test('reads .json, .jsonl, both gzipped, several files, and standard input', () => {
    const two = `${first}\n\n${second}\n`;
    const files = [
      file('pretty.json', JSON.stringify(JSON.parse(first), null, 2)),
      file('two.jsonl', two),
      file('two.jsonl.gz', gzipSync(two)),
      file('one.json.gz', gzipSync(first)),
    ];
    const { status, stdout } = judge(['--json', ...files, '-'], two);
    expect([status, (JSON.parse(stdout) as Score).incidents]).toEqual([0, 8]);
  });

  test('judges a file without truth, and does not score it', () => {
    const { truth: _truth, ...withoutTruth } = JSON.parse(first) as Record<string, unknown>;
    expect(_truth).toBeDefined();
    const unscored = file('withoutTruth.json', JSON.stringify(withoutTruth));
    expect(JSON.parse(judge(['--json', unscored]).stdout)).toMatchObject({
      incidents: 1,
      scored: 0,
      acted: 0,
      precision: null,
      precision95: null,
      recall: null,
      actOrAsk: null,
      byCause: {},
    });
    expect(judge([unscored]).stdout).toContain('1 incidents, 0 scored');
  });

  test.each([
    ['not JSON', '{"format": ', /is not JSON/],
    ['nothing', '', /is empty/],
    ['another format', changed((one) => ({ ...one, format: 'lastgood-incident/2' })), /: format: /],
    ['a missing field', changed(({ decidedAt: _at, ...one }) => one), /: decidedAt: /],
    ['a wrong type', changed((one) => ({ ...one, alarms: 'none' })), /: alarms: /],
    [
      'a wrong instant deep inside',
      changed((one) => ({ ...one, trigger: { ...(one['trigger'] as object), at: 'yesterday' } })),
      /: trigger\.at: /,
    ],
    ['no object', '7', /: the incident: /],
    [
      'a tag out of its range',
      changed((one) => ({ ...one, target: { ...(one['target'] as object), tags: { lastgood: 'maybe' } } })),
      /: target\.tags: tag lastgood: "maybe"/,
    ],
    [
      'a later look with a tag out of its range',
      changed((one) => ({
        ...one,
        later: [{ ...one, target: { name: 'ecs:a/b', tags: { lastgood: '' } } }],
      })),
      /: later\.0\.target\.tags: /,
    ],
    [
      'a missing alarm',
      changed((one) => ({ ...one, trigger: { ...(one['trigger'] as object), alarm: 'other' } })),
      /: trigger\.alarm: other /,
    ],
    [
      'an empty period',
      changed((one) => ({ ...one, series: [{ ...(one['series'] as object[])[0], periodSeconds: 0 }] })),
      /: series\.0\.periodSeconds: /,
    ],
    [
      'a deployment of the target without a revision',
      changed((one) => ({ ...one, deployments: withoutRevision(one['deployments']) })),
      /: deployments\.\d+\.revision: /,
    ],
  ])('names the field of %s and exits with 2', (what, content, problem) => {
    const { status, stdout, stderr } = judge(['--json', file(`${what}.json`, content)]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(problem);
    expect(stderr).toContain(`${what}.json`);
  });

  test('names the line of a wrong incident among several', () => {
    const { status, stderr } = judge([file('three.jsonl', `${first}\n${second}\n{}\n`)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/three\.jsonl, line 3: format: /);
    expect(judge([file('half.jsonl', `${first}\n{"format"\n`)]).stderr).toMatch(/line 2: is not JSON/);
    expect(judge([file('gap.jsonl', `${first}\n\n\n{}\n`)]).stderr).toMatch(/line 4: format: /);
  });

  test('counts the incidents that needed an act and got none', () => {
    const should = lines.filter((line) => readIncident(JSON.parse(line)).truth?.shouldAct).slice(0, 3);
    const observed = should.map((line) => line.replaceAll('"lastgood":"auto"', '"lastgood":"observe"'));
    const { stdout } = judge(['--quiet', file('observed.jsonl', observed.join('\n'))]);
    expect(stdout).toMatch(/should act +0 +3\nshould not +0 +0\n/);
  });

  test('prints what is wrong with its arguments, and exits with 2', () => {
    expect(judge([])).toMatchObject({ status: 2, stderr: expect.stringContaining('no FILE') as string });
    expect(judge(['--jsn', REALISTIC]).status).toBe(2);
    expect(judge([path.join(folder, 'none.json')]).status).toBe(2);
    expect(judge(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage:') as string,
    });
  });
});

describe('Wilson’s interval', () => {
  test.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [95, 100, 0.8882, 0.9785],
  ])('of %i of %i is from %f to %f', (part, whole, low, high) => {
    const interval = wilson(part, whole);
    expect(interval?.[0]).toBeCloseTo(low, 3);
    expect(interval?.[1]).toBeCloseTo(high, 3);
  });

  test('of no case is null', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('five folds', () => {
  test('depend on the id alone, and are all in use', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `incident-${at}`);
    const folds = ids.map(foldOf);
    expect(new Set(folds)).toEqual(new Set([...Array(FOLDS).keys()]));
    expect(ids.toReversed().map(foldOf).toReversed()).toEqual(folds);
    for (const fold of folds) expect(fold).toBeLessThan(5);
  });

  test('judge each incident once, by weights that were fitted without its fold', () => {
    const incidents = readIncidents(REALISTIC).slice(0, 12);
    const decided = decideHeldOut(incidents);
    expect(decided.map(({ incident }) => incident.id).toSorted()).toEqual(
      incidents.map(({ id }) => id).toSorted(),
    );
    for (const { incident, verdict } of decided) {
      const others = incidents.filter(({ id }) => foldOf(id) !== foldOf(incident.id));
      expect(verdict).toEqual(decide(incident, fit(others)).verdict);
    }
  }, 180_000);
});

describe('fitting', () => {
  const names = Object.keys(CLUES) as ClueName[];

  test('draws every weight towards 1 if no incident shows the clue', () => {
    const [one] = readIncidents(REALISTIC);
    const { base, weights } = fit([{ ...one!, truth: undefined }]);
    expect(base).toBe(0);
    expect(Object.values(weights)).toEqual(names.map(() => 1));
  });

  test('makes the truth likelier, and no weight negative', () => {
    const incidents = readIncidents(REALISTIC);
    const { weights } = fit(incidents);
    for (const name of names) expect(weights[name]).toBeGreaterThanOrEqual(0);
    // With opposite truths, the clues against the deployment would count less.
    const opposite = incidents.map((one) => ({
      ...one,
      truth: one.truth && { ...one.truth, shouldAct: !one.truth.shouldAct },
    }));
    const against = fit(opposite).weights;
    expect(weights.beganWithIt).toBeGreaterThan(1);
    expect(against.beganWithIt).toBeLessThan(weights.beganWithIt);
    expect(against.ranWellFirst).toBeLessThan(weights.ranWellFirst);
  }, 180_000);

  test('writes the module that the judge reads', () => {
    expect(moduleOf({ base: BASE, weights: WEIGHTS })).toBe(
      readFileSync('src/rollback/clues/weights.ts', 'utf8'),
    );
  });

  test('npm run fit-weights prints its usage, and which file it cannot read', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/run.cjs', 'scripts/fit-weights.ts', ...args], {
        encoding: 'utf8',
      });
    expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining('Usage:') as string });
    expect(run(file('wrong.json', '{}'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('format') as string,
    });
  });
});
