import { workOf } from '../work.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { secondsBetween } from '../../../src/rollback/time.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { wentTo } from './endings.ts';
import { openShop, ROLLING } from './shop.ts';
import { TARGET } from './target.ts';
import { rollbacksIn } from '../rollbacks.ts';

const FAULTY = { errorRate: 0.4 };
const STOPPED = 'an operator stops the execution';

/** The sweep leaves the backstop two minutes. */
const MAX_BACKSTOP_SECONDS = 60;

/** Scenarios in which AWS fails, or loses or repeats events. */
export const mishaps: readonly Scenario[] = [
  {
    name: 'ecs-throttled',
    shows: 'AWS throttles the calls: the workflow waits and gets through',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(1.5);
      for (const operation of ['DescribeServices', 'UpdateService']) {
        const error = new AwsError('ThrottlingException', 'Rate exceeded');
        stage.runtime.wire.disturb.fail({ service: 'ecs', operation, error }, 5);
      }
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-lambda-refused',
    shows:
      'the bad release uses up the concurrency of Lambda for ten minutes: the way back under way goes on',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back runs', () => hasEntered(stage, 'Settle'));
      stage.runtime.lambda.refuse(600);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-lambda-refuses-the-alarm',
    shows:
      'Lambda refuses every function for ten minutes while the alarm turns: it is still red, so it counts',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.minutes(1);
      stage.runtime.lambda.refuse(600);
      await stage.minutes(10);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-throttled-before-write',
    shows:
      'AWS throttles every call of the way back for longer than a claim lives: nothing was changed, so the end is clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      const error = new AwsError('ThrottlingException', 'Rate exceeded');
      stage.runtime.wire.disturb.fail({ service: 'ecs', operation: 'UpdateService', error }, Infinity);
      await stage.minutes(330);
    },
    ends: { outcome: 'failed-clean', served: false, writes: [] },
  },
  {
    name: 'ecs-lost-alarm-event',
    shows: 'the alarm event never arrives: the sweep finds the red alarm within its minute',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.runtime.bus.lose((event) => event.source === 'aws.cloudwatch');
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-lost-completion-event',
    shows:
      "the event that the first release completed is lost: ECS's own deployments show the last known good",
    target: TARGET,
    async play(stage) {
      let count = 0;
      stage.runtime.bus.lose(
        ({ detail }) => detail['eventName'] === 'SERVICE_DEPLOYMENT_COMPLETED' && count++ === 0,
      );
      const deploymentCircuitBreaker = { enable: true, rollback: true };
      const shop = await openShop(stage, { deployment: { ...ROLLING, deploymentCircuitBreaker } });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath();
      await stage.minutes(8);
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      writes: [],
      also: (stage) => wentTo(stage, 'checkout:1'),
    },
  },
  {
    name: 'ecs-duplicate-alarm-event',
    shows: 'the alarm event arrives twice: one rollback starts',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.runtime.bus.duplicate((event) => event.source === 'aws.cloudwatch');
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-alarm-three-ways',
    shows: 'one alarm comes over EventBridge, as a Lambda action and through SNS: one rollback starts',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { alarmActions: alarmActions(stage) });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
      also: ({ runtime }) => {
        const count = workOf(runtime).filter((one) => one.function === 'lastgood-prod-on-alarm').length;
        return count === 3 ? null : `on-alarm was invoked ${count} times, not 3`;
      },
    },
  },
  {
    name: 'ecs-execution-aborted',
    shows: 'the execution is stopped in the middle: the backstop reports it dirty and releases the claim',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stopExecution(stage);
      await stage.minutes(8);
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService'],
      also: (stage) => wasReportedWithin(stage, MAX_BACKSTOP_SECONDS),
    },
  },
  {
    name: 'ecs-backstop-event-lost',
    shows:
      'the execution is stopped and the event that says so is lost: the sweep finds it and reports it dirty',
    target: TARGET,
    async play(stage) {
      stage.runtime.bus.lose((event) => event.source === 'aws.states');
      const shop = await openShop(stage);
      shop.release('v2', FAULTY);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      await stopExecution(stage);
      await stage.minutes(15);
    },
    ends: { outcome: 'failed-dirty', served: true, writes: ['UpdateService'] },
  },
];

/** Returns the ARNs of the function on-alarm and of a topic that it is subscribed to. */
function hasEntered({ runtime }: Stage, state: string): boolean {
  return rollbacksIn(runtime).some(({ states }) => states.some(({ name }) => name === state));
}

function alarmActions(stage: Stage): readonly string[] {
  const onAlarm =
    stage.runtime.stack.functions.find(({ name }) => name === 'lastgood-prod-on-alarm')?.arn ?? '';
  const { TopicArn = '' } = stage.call<{ TopicArn?: string }>('sns', 'CreateTopic', {
    Name: 'lastgood-prod-alarms',
  });
  stage.call('sns', 'Subscribe', { TopicArn, Protocol: 'lambda', Endpoint: onAlarm });
  return [onAlarm, TopicArn];
}

/** Returns null if the end was published so soon after an operator stopped the execution, or else how long it took. */
function wasReportedWithin({ runtime, journal }: Stage, seconds: number): string | null {
  const stopped = journal.happenings().find(({ what }) => what === STOPPED);
  const ends = runtime.bus.published.filter(({ event }) => event['detail-type'] === 'Rollback Failed');
  const took = secondsBetween(stopped?.at ?? '', ends[0]?.event.time ?? '');
  return ends.length === 1 && took <= seconds
    ? null
    : `${ends.length} ends were published, the first after ${took} seconds`;
}

async function stopExecution(stage: Stage): Promise<void> {
  await stage.minutes(0.1);
  stage.call('states', 'StopExecution', { executionArn: rollbacksIn(stage.runtime)[0]?.arn });
  stage.journal.note(STOPPED);
}
