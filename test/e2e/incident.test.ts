import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { lastgood } from '../../local/scenarios/command.ts';
import { openStage, type Stage } from '../../local/scenarios/stage.ts';
import type { Role } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { ACCOUNT, arn } from '@lastgood/embedded-aws/world/aws.ts';
import { readIncident, type Incident } from '../../scripts/judge/incident.ts';
import type { Judged } from '../../scripts/lastgood/incident/past.ts';
import { after } from '../../src/rollback/time.ts';

const allow = (Action: string | string[], ...Resource: readonly string[]) =>
  ({ Effect: 'Allow', Action, Resource: [...Resource] }) as const;

/** A role with exactly the permissions in the help of the verb. */
const READER: Role = {
  name: 'incident-reader',
  arn: `arn:aws:iam::${ACCOUNT}:role/incident-reader`,
  policies: [
    {
      Version: '2012-10-17',
      Statement: [
        allow('states:GetExecutionHistory', arn('states', 'execution:lastgood-prod-rollback:*')),
        allow('states:ListStateMachines', '*'),
        allow(
          'dynamodb:Query',
          arn('dynamodb', 'table/lastgood-prod-ledger'),
          arn('dynamodb', 'table/lastgood-prod-claims/index/newest'),
        ),
        allow(
          ['cloudwatch:GetMetricData', 'cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
          '*',
        ),
      ],
    },
  ],
};

let folder = '';
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'incident-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays a scenario, then passes its first judged execution to a check. */
async function played(name: string, then: (stage: Stage, execution: Execution) => Promise<void>) {
  const scenario = scenarios.find((one) => one.name === name);
  const stage = await openStage({ fast: true, seed: 1, roles: [READER] });
  try {
    await scenario?.play(stage);
    const [execution] = stage.runtime.executions().filter(({ states }) => states.some(isVerdict));
    await then(stage, execution!);
  } finally {
    await stage.close();
  }
}

const isVerdict = ({ name }: Execution['states'][number]) => name === 'Verdict';

/** Returns the document after each verdict. */
const judgedIn = ({ states }: Execution) => states.filter(isVerdict).map(({ input }) => input as Judged);

function judge(file: string): string {
  const run = ['scripts/run.cjs', 'scripts/judge.ts', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const read = (file: string): Incident => readIncident(JSON.parse(readFileSync(file, 'utf8')));

describe('an incident of an execution on the embedded AWS', () => {
  test('is judged as the execution was, without later facts that Lastgood changed', async () => {
    await played('ecs-errors-after-completion', async (stage, execution) => {
      const file = path.join(folder, 'acted.json');
      const answered = await lastgood(stage, ['incident', execution.arn, '--out', file], READER.name);
      expect(answered).toEqual({ status: 0, out: '', problem: '' });

      const [judged] = judgedIn(execution);
      const { verdict, at, confidence, reasons } = judged!.verdict as Extract<
        Judged['verdict'],
        { verdict: 'act' }
      >;
      const says = judge(file);
      expect(says).toContain(`${execution.name}: ${verdict} (${Math.round(confidence! * 100)} %)\n`);
      for (const reason of reasons) expect(says).toContain(`    ${reason}\n`);

      const incident = read(file);
      expect(incident).toMatchObject({ id: execution.name, decidedAt: at, later: [] });
      expect(incident).not.toHaveProperty('truth');
      expect(incident.deployments.map(({ revision }) => revision?.name)).toEqual([
        'checkout:1',
        'checkout:2',
      ]);
      expect(incident.ledger.map(({ state }) => state)).toEqual(['proven', 'candidate']);

      const byName = await lastgood(stage, ['incident', execution.name], READER.name);
      expect(byName).toEqual({ status: 0, out: readFileSync(file, 'utf8'), problem: '' });
    });
  });

  test('holds the same three minutes later when Lastgood changed nothing', async () => {
    await played('ecs-no-deployment-near', async (stage, execution) => {
      const file = path.join(folder, 'skipped.json');
      expect(await lastgood(stage, ['incident', execution.arn, '--out', file])).toMatchObject({ status: 0 });
      expect(judge(file)).toContain(`${execution.name}: skip\n`);
      const { decidedAt, later } = read(file);
      expect(later.map((look) => look.decidedAt)).toEqual([after(decidedAt, 180)]);
      const hurting = (look: Pick<Incident, 'series'>) =>
        look.series
          .filter(({ metric, of }) => metric === 'errors' && of.zone === undefined)
          .flatMap(({ values }) => values.filter((value) => value !== null)).length;
      expect(hurting(later[0]!)).toBeGreaterThan(hurting({ series: read(file).series }));
    });
  });

  test('holds every look while the judge was not sure', async () => {
    await played('ecs-hotfix-before-alarm', async (stage, execution) => {
      const file = path.join(folder, 'unsure.json');
      expect(await lastgood(stage, ['incident', execution.arn, '--out', file])).toMatchObject({ status: 0 });
      const verdicts = judgedIn(execution).map(({ verdict }) => verdict);
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['look-again', 'look-again', 'ask']);
      expect(judge(file)).toContain(', after 2 more looks\n');
      const incident = read(file);
      expect([incident, ...incident.later].map(({ decidedAt }) => decidedAt)).toEqual(
        verdicts.map(({ at }) => at),
      );
    });
  });

  test('is not written when something cannot be read, and one line says why', async () => {
    const stage = await openStage({ fast: true, seed: 1, roles: [{ ...READER, policies: [] }] });
    try {
      const unknown = await lastgood(stage, ['incident', 'ecs-prod-checkout-0']);
      expect(unknown).toMatchObject({ status: 4, out: '' });
      expect(unknown.problem).toMatch(/^lastgood: ecs-prod-checkout-0: ExecutionDoesNotExist: .*\n$/);
      const denied = await lastgood(stage, ['incident', 'ecs-prod-checkout-0'], READER.name);
      expect(denied).toMatchObject({ status: 3, out: '' });
      expect(denied.problem).toMatch(
        /^lastgood: ecs-prod-checkout-0: AccessDenied.*states:ListStateMachines.*\n$/,
      );
      const elsewhere = await lastgood(stage, ['incident', 'ecs-prod-checkout-0', '--stage', 'test']);
      expect(elsewhere.problem).toBe(
        'lastgood: ecs-prod-checkout-0: there is no state machine lastgood-test-rollback in this account and Region\n',
      );
    } finally {
      await stage.close();
    }
  });
});
