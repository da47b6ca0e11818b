import { existsSync, readFileSync, globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDeployment } from '../../../src/targets/deployment.ts';
import { readAlarms } from '../../../src/targets/alarms/read.ts';
import { explain } from '../../../src/targets/explain.ts';
import { NOW } from '../../functions/on-webhook/bodies.ts';
import { readRequested } from '../../../src/targets/requested.ts';

/** Payloads recorded elsewhere. They are not part of the project, so the tests read them only if they exist. */
const CORPUS = path.resolve(import.meta.dirname, '../../../../shared/corpus');

type Expected = readonly [kind: 'alarm' | 'deployment', targets: readonly string[], requests: number];

/** Expectations by a part of the file's name. The first match counts; any other file is ignored. */
const EXPECTED: readonly (readonly [RegExp, Expected | null])[] = [
  // Templates, or with placeholders for values: the field is named.
  [/sns_bare__awsdocs2026|sns_bare__localstack/, null],
  [/cloudwatch-alarm-events\/cloudwatch_alarm_(contributor_)?state_change/, ['alarm', [], 0]],
  [/cloudwatch-alarm-(lambda|sns)\//, ['alarm', [], 0]],
  [/ecs_deployment_completed__tfcomment/, ['deployment', ['ecs:project-staging/web'], 0]],
  // Beginnings: a lookout may follow them.
  [/ecs-events\/ecs_deployment_.*in_progress/, ['deployment', ['ecs:default/servicetest'], 0]],
  [
    /codedeploy-events\/codedeploy_deployment_.*__start_/,
    ['deployment', ['codedeploy:myApplication/myDeploymentGroup'], 0],
  ],
  [/on_deployment_complete__awsdocs/, ['deployment', ['appconfig:ba8toh7/pgil2o7/ga3tqep'], 0]],
  [/instance_refresh_started__consolesample/, ['deployment', ['asg:sampleASG'], 0]],
  [/ecs-events\/ecs_deployment_.*completed/, ['deployment', ['ecs:default/servicetest'], 0]],
  [
    /codedeploy-events\/codedeploy_deployment_.*__success/,
    ['deployment', ['codedeploy:myApplication/myDeploymentGroup'], 0],
  ],
  [
    /codedeploy-events\/codedeploy_deployment_.*__failure/,
    ['deployment', ['codedeploy:myApplication/myDeploymentGroup'], 1],
  ],
  [/instance_refresh_failed__consolesample/, ['deployment', ['asg:sampleASG'], 1]],
  [/instance_refresh_succeeded__consolesample/, ['deployment', ['asg:sampleASG'], 0]],
  [/ecs-events\/ecs_deployment_.*failed/, ['deployment', ['ecs:default/servicetest'], 1]],
  // Hints: on-hint asks AWS before it requests a rollback.
  [/service_task_start_impaired/, ['deployment', ['ecs:default/servicetest'], 0]],
  [/service_task_placement_failure/, ['deployment', ['ecs:demo/httpbin-service-fargate'], 0]],
  [/task_state_change__stopped__fivexl/, ['deployment', ['ecs:test/example-api-v1'], 0]],
];

const files = existsSync(CORPUS) ? globSync('**/*.json', { cwd: CORPUS }).sort() : [];

describe.skipIf(files.length === 0)(
  `recorded payloads${files.length === 0 ? ` (skipped: no ${CORPUS})` : ''}`,
  () => {
    test.each(files)('%s', (file) => {
      const event: unknown = JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8'));
      const { kind, targets, requests, reason } = explain(event, NOW);
      const [, expected] = EXPECTED.find(([part]) => part.test(file)) ?? [];
      expect([kind, targets, requests.length]).toEqual(expected ?? ['ignored', [], 0]);
      expect(reason).not.toBe('');
      for (const read of [readAlarms, readDeployment, readRequested]) expect(() => read(event)).not.toThrow();
    });

    test('hold no alarm that looks as if it had been set by hand, but the one that was', () => {
      const forged = files.filter((file) => {
        const read = readAlarms(JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8')));
        return read.kind === 'alarms' && read.alarms.some((alarm) => alarm.forged !== null);
      });
      expect(forged).toEqual([
        expect.stringContaining('single__alarm__lambdarust_example_cloudwatch_alarm_metric'),
      ]);
    });

    test('hold alarms that say which field is wrong', () => {
      const reasonFor = (name: string) => {
        const file = files.find((candidate) => candidate.includes(name))!;
        return explain(JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8')), NOW).reason;
      };
      expect(reasonFor('sns_bare__awsdocs2026')).toContain('NewStateValue');
      expect(reasonFor('sns_bare__localstack')).toContain('StateChangeTime');
    });
  },
);
