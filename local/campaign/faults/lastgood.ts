import fc from 'fast-check';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { isRead } from '@lastgood/embedded-aws/world/service.ts';
import { pause, resume } from '../../scenarios/pause/pausing.ts';
import { rollbacksIn } from '../../scenarios/rollbacks.ts';
import { putOnBus } from '../bus.ts';
import { nothingToEnd, type Fault } from './fault.ts';
import { incidents } from './incidents.ts';
import { serviceOf } from './services.ts';

const nothing = fc.constant({});
const SCPS =
  'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html';

/** What happens to Lastgood's own deployment, its people and its Slack midway. */
export const lastgood: readonly Fault[] = [
  {
    name: 'redeployed',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
    draws: nothing,
    begin({ stage }) {
      stage.runtime.lambda.replace();
      return nothingToEnd;
    },
  },
  {
    name: 'paused-midway',
    source: incidents(3),
    draws: nothing,
    begin({ stage }) {
      pause(stage);
      return () => resume(stage);
    },
  },
  {
    name: 'frozen-midway',
    source: incidents(6),
    draws: nothing,
    begin({ stage, subject: { target } }) {
      putOnBus(stage, 'Rollback Freeze Requested', { target, reason: 'we look', requestedBy: 'ada' });
      return () => void putOnBus(stage, 'Rollback Unfreeze Requested', { target, requestedBy: 'ada' });
    },
  },
  {
    name: 'started-by-hand',
    source: incidents(9),
    draws: nothing,
    begin({ stage, subject: { target } }) {
      stage.call('states', 'StartExecution', {
        stateMachineArn: arn('states', 'stateMachine:lastgood-prod-rollback'),
        name: `by-hand-${stage.world.clock.now()}`,
        input: JSON.stringify({ request: { target, reason: 'by hand' } }),
      });
      return nothingToEnd;
    },
  },
  {
    name: 'execution-stopped',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html',
    draws: nothing,
    begin({ stage }) {
      const running = rollbacksIn(stage.runtime).find(({ status }) => status === 'RUNNING');
      if (running !== undefined) stage.call('states', 'StopExecution', { executionArn: running.arn });
      return nothingToEnd;
    },
  },
  {
    name: 'write-permission-lost',
    source: SCPS,
    draws: nothing,
    begin: (night) =>
      night.stage.runtime.wire.troubles.deny(
        (_, { action }) => isOf(action, serviceOf(night)) && !isRead(action.split(':')[1] ?? ''),
      ),
  },
  {
    name: 'read-permission-lost',
    source: SCPS,
    draws: fc.record({
      of: fc.constantFrom('cloudwatch', 'tag', 'ssm', 'dynamodb', 'elasticloadbalancing', 'ecs'),
    }),
    begin: ({ stage }, { of }) =>
      stage.runtime.wire.troubles.deny(
        (_, { action }) => isOf(action, String(of)) && isRead(action.split(':')[1] ?? ''),
      ),
  },
  {
    name: 'slack-away',
    source: 'https://slack.engineering/slacks-outage-on-january-4th-2021/',
    draws: nothing,
    begin({ stage: { slack } }) {
      slack.server.trouble = 'away';
      return () => {
        slack.server.trouble = null;
      };
    },
  },
  {
    name: 'slack-throttled',
    source: 'https://docs.slack.dev/apis/web-api/rate-limits',
    draws: nothing,
    begin({ stage: { slack } }) {
      const { limits } = slack.server;
      const methods = ['chat.postMessage', 'chat.update'];
      for (const method of methods) limits.set(method, { burst: 1, perMinute: 1 });
      return () => methods.forEach((method) => limits.reset(method));
    },
  },
];

/** Permissions of some services have another name than their signatures. */
function isOf(action: string, service: string): boolean {
  return action.startsWith(`${service}:`);
}
