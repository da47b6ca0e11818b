import { describe, expect, it } from 'vitest';
import { matches } from '@lastgood/embedded-aws/runtime/events/pattern.ts';
import { readAdded } from '../../functions/notify-slack/added.ts';
import { readChange } from '../../functions/on-change/read-change.ts';
import { readStack } from '../../functions/on-change/read-stack.ts';
import { checkName } from '../../src/lambda/start-check.ts';
import { isKeepWarm } from '../../src/lambda/keep-warm.ts';
import { DETAIL_TYPE, SOURCE } from '../../src/slack/handover.ts';
import { readAlarms } from '../../src/targets/alarms/read.ts';
import { readBusEvent } from '../../src/targets/bus-event.ts';
import { readDeployment } from '../../src/targets/deployment.ts';
import { readRequested } from '../../src/targets/requested.ts';
import { stack } from './grants.ts';

const ACCOUNT = '111122223333';
const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/prod`;

interface Case {
  readonly to: string;
  readonly bus: string;
  readonly source: string;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources?: readonly string[];
}

const byDefault = (to: string, source: string) => ({ to, bus: 'default', source });
const deployments = (source: string) => byDefault('on-deployment', source);

const refreshes = ['Started', 'Succeeded', 'Failed', 'Rollback Succeeded', 'Rollback Failed'].map((end) => ({
  ...deployments('aws.autoscaling'),
  type: `EC2 Auto Scaling Instance Refresh ${end}`,
  detail: { AutoScalingGroupName: 'orders-fleet', InstanceRefreshId: '08b91cf7' },
}));

const bundles = ['START', 'SUCCESS', 'FAILURE'].map((state) => ({
  ...deployments('aws.codedeploy'),
  type: 'CodeDeploy Deployment State-change Notification',
  detail: { state, deploymentId: 'd-1', application: 'shop', deploymentGroup: 'fleet' },
}));

const stackUpdates = [
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_FAILED'],
  ...['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
].map((status) => ({
  ...deployments('aws.cloudformation'),
  type: 'CloudFormation Stack Status Change',
  detail: {
    'stack-id': `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/shop/1a2b`,
    'status-details': { status, 'status-reason': 'it ended' },
    'client-request-token': 'deploy-1',
  },
}));

const stages = ['SUCCEEDED', 'FAILED'].map((state) => ({
  ...deployments('aws.codepipeline'),
  type: 'CodePipeline Stage Execution State Change',
  detail: { state, pipeline: 'checkout', stage: 'Prod', 'execution-id': '1', version: 3.0 },
}));

const services = ['ECS Deployment State Change', 'ECS Service Action'].flatMap((type) =>
  ['IN_PROGRESS', 'COMPLETED', 'FAILED'].map((state) => ({
    ...deployments('aws.ecs'),
    type,
    detail: {
      eventName: `SERVICE_DEPLOYMENT_${state}`,
      deploymentId: 'ecs-svc/1',
      reason: 'it ended',
      clusterArn: CLUSTER,
    },
    resources: [`arn:aws:ecs:eu-west-1:${ACCOUNT}:service/prod/checkout`],
  })),
);

const complaints = [
  ...['SERVICE_TASK_START_IMPAIRED', 'SERVICE_TASK_PLACEMENT_FAILURE'],
  'SERVICE_TASK_CONFIGURATION_FAILURE',
].map((eventName) => ({
  ...byDefault('on-hint', 'aws.ecs'),
  type: 'ECS Service Action',
  detail: { eventName, clusterArn: CLUSTER },
  resources: [`arn:aws:ecs:eu-west-1:${ACCOUNT}:service/prod/checkout`],
}));

const tasks = [
  { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError' },
  { stopCode: 'EssentialContainerExited', containers: [{ name: 'app', exitCode: 1 }] },
  { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed ELB health checks' },
].map((failure) => ({
  ...byDefault('on-hint', 'aws.ecs'),
  type: 'ECS Task State Change',
  detail: { group: 'service:checkout', lastStatus: 'STOPPED', clusterArn: CLUSTER, ...failure },
}));

const alarms = ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'].map((type) => ({
  ...byDefault('on-alarm', 'aws.cloudwatch'),
  type,
  detail: {
    alarmName: 'checkout-5xx',
    state: { value: 'ALARM', timestamp: '2026-11-22T03:00:00.000+0000' },
  },
  resources: [`arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:checkout-5xx`],
}));

/** Alarms on Lastgood itself. */
const own = ['ALARM', 'OK'].map((value) => ({
  ...byDefault('notify-slack', 'aws.cloudwatch'),
  type: 'CloudWatch Alarm State Change',
  detail: {
    alarmName: 'lastgood-prod-guard-errors',
    state: { value, timestamp: '2026-11-22T03:00:00.000+0000' },
    previousState: { value: value === 'OK' ? 'ALARM' : 'OK', timestamp: '2026-11-22T02:00:00.000+0000' },
  },
}));

const part = (Id: string) => ({ Id, Name: Id });
const flags = ['Start', 'Complete', 'Rollback', 'Rolled Back'].map((end) => ({
  ...byDefault('on-change', 'aws.appconfig'),
  type: `On Deployment ${end}`,
  detail: { Application: part('shop'), Environment: part('prod'), ConfigurationProfile: part('flags') },
}));

const settings = [
  {
    ...byDefault('on-change', 'aws.ssm'),
    type: 'Parameter Store Change',
    detail: { name: '/shop/limit', operation: 'Update' },
  },
  {
    ...byDefault('on-change', 'aws.secretsmanager'),
    type: 'Secret Label Updated',
    detail: { name: 'shop/db', labelUpdated: 'AWSCURRENT' },
  },
  {
    ...byDefault('on-change', 'aws.cloudformation'),
    type: 'CloudFormation Stack Status Change',
    detail: {
      'stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1',
      'status-details': { status: 'UPDATE_IN_PROGRESS' },
    },
  },
];

const ends = ['Succeeded', 'Skipped', 'Failed'].map((end) => ({
  to: 'draw-report',
  bus: 'lastgood-prod',
  source: 'lastgood',
  type: `Rollback ${end}`,
  detail: { report: 'https://api.example.com/reports/one' },
}));

const slack = {
  to: 'answer-slack',
  bus: 'lastgood-prod',
  source: SOURCE,
  type: DETAIL_TYPE,
  detail: {},
};

const requests = [
  {
    to: 'on-request',
    bus: 'lastgood-prod',
    source: 'ci',
    type: 'Rollback Requested',
    detail: { target: 'ecs:prod/checkout', reason: 'checkout fails' },
  },
];

const answers = [
  {
    to: 'on-request',
    bus: 'lastgood-prod',
    source: 'ci',
    type: 'Rollback Answered',
    detail: { rollback: 'a'.repeat(32), state: 'done', revision: 'v1' },
  },
  {
    to: 'on-deployment',
    bus: 'lastgood-prod',
    source: 'argocd.shop',
    type: 'Deployment Reported',
    detail: { target: 'external:argocd/checkout', deployment: '7', revision: 'v1', state: 'started' },
  },
  {
    to: 'on-request',
    bus: 'lastgood-prod',
    source: 'ci',
    type: 'Rollback Storm Answered',
    detail: { storm: 'storm#1', list: 'a'.repeat(64), choice: 'all' },
  },
  ...['Rollback Freeze Requested', 'Rollback Unfreeze Requested'].map((type) => ({
    ...{ to: 'on-request', bus: 'lastgood-prod', source: 'ci', type },
    detail: { target: 'ecs:prod/checkout' },
  })),
];

/** Statuses of executions, by the function that reads them. `notify-slack` reads every event of Lastgood. */
const CHECK = { target: 'ecs:prod/checkout', occasion: 'asked', id: 'one' } as const;

const executions = [
  ...['FAILED', 'TIMED_OUT', 'ABORTED'].map((status) => ended('report', 'rollback', status)),
  ...['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'].flatMap((status) =>
    ['plan', 'list'].map((machine) => ended('answer-slack', machine, status)),
  ),
  ...['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'].map((status) =>
    ended('answer-slack', 'readiness', status, checkName(CHECK)),
  ),
];

function ended(to: string, machine: string, status: string, name = 'one'): Case {
  const stateMachineArn = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:lastgood-prod-${machine}`;
  return {
    ...byDefault(to, 'aws.states'),
    type: 'Step Functions Execution Status Change',
    detail: { status, stateMachineArn, name },
  };
}

const published = {
  to: 'notify-slack',
  bus: 'lastgood-prod',
  source: 'lastgood',
  type: 'Rollback Started',
  detail: {},
};

const read: readonly Case[] = [
  ...[
    refreshes,
    bundles,
    stages,
    stackUpdates,
    services,
    complaints,
    tasks,
    alarms,
    flags,
    settings,
    requests,
  ].flat(),
];
const paused = {
  ...byDefault('on-pause', 'aws.ssm'),
  type: 'Parameter Store Change',
  detail: { name: '/lastgood/prod/pause', operation: 'Update' },
};
const cases: readonly Case[] = [
  ...read,
  ...own,
  ...answers,
  ...executions,
  slack,
  published,
  paused,
  ...ends,
];

const eventOf = ({ source, type, detail, resources = [] }: Case) => ({
  ...{ version: '0', id: '1', account: ACCOUNT, region: 'eu-west-1', time: '2026-11-22T03:00:00Z' },
  ...{ source, 'detail-type': type, detail, resources },
});

const READERS: Readonly<Record<string, (event: unknown) => boolean>> = {
  'on-alarm': (event) => readAlarms(event).kind === 'alarms',
  'on-deployment': (event) => readDeployment(event).kind === 'deployment',
  'on-hint': (event) => readDeployment(event).kind === 'deployment',
  'on-change': (event) => (readStack(readBusEvent(event)!) ?? readChange(readBusEvent(event)!)) !== null,
  'on-request': (event) => readRequested(event).kind === 'request',
  'notify-slack': (event) => readAdded(event) !== null,
};

/** Not those that only start functions (test/wiring/keep-warm.test.ts). */
const rules = stack.rules.filter(
  ({ pattern, targets }) =>
    pattern !== undefined && targets.some(({ input = 'null' }) => !isKeepWarm(JSON.parse(input))),
);

/** Returns the functions that the rules of the event's bus hand the event to. */
function reached(one: Case, event: unknown = eventOf(one)): readonly string[] {
  return rules
    .filter(({ bus, pattern }) => bus === one.bus && matches(pattern ?? {}, event))
    .flatMap(({ targets }) => targets.map(({ arn }) => arn.replace(/^.*lastgood-prod-/, '')));
}

const named = (one: Case) => `${one.source} "${one.type}" ${JSON.stringify(one.detail).slice(0, 60)}`;

/** Whether a configuration is a target too: then its deployment is a change of what others read, and its own. */
const isOwnToo = ({ source, type }: Case) =>
  source === 'aws.appconfig' && /^On Deployment (Start|Complete)$/.test(type);

describe('the rules of the packaged template', () => {
  it('hand nothing the first turn of an alarm on Lastgood itself', () => {
    for (const one of own) {
      const detail = { ...one.detail, previousState: { value: 'INSUFFICIENT_DATA' } };
      expect(reached({ ...one, detail })).toEqual([]);
    }
  });

  it.each(cases.map((one) => [one.to, named(one), one] as const))('hand %s the event %s', (to, _, one) => {
    // It reads every event of Lastgood.
    const too = one.source === 'lastgood' && to !== 'notify-slack' ? ['notify-slack'] : [];
    const own = isOwnToo(one) ? ['on-deployment'] : [];
    // The status of every stack is kept, for the targets in it.
    const kept = one.source === 'aws.cloudformation' && to === 'on-deployment' ? ['on-change'] : [];
    expect(reached(one).toSorted()).toEqual([to, ...too, ...own, ...kept].toSorted());
  });

  it('hand nothing the end of a check for which no person waits', () => {
    for (const occasion of ['daily', 'change'] as const)
      expect(reached(ended('', 'readiness', 'SUCCEEDED', checkName({ ...CHECK, occasion })))).toEqual([]);
  });

  it.each([...read, ...own].map((one) => [one.to, named(one), one] as const))(
    '%s can read %s',
    (to, _, one) => {
      expect(READERS[to]?.(eventOf(one))).toBe(true);
    },
  );

  it('name no detail type, state or event name that the list above does not try', () => {
    const tried = JSON.stringify(cases);
    const values = rules.flatMap(({ pattern }) => textsIn({ ...pattern, account: [], region: [] }));
    expect(values.length).toBeGreaterThan(30);
    expect(values.filter((value) => !tried.includes(value))).toEqual([]);
  });

  it('take no event of AWS that another account or Region forwards', () => {
    const forwarded = cases.filter(({ source, bus }) => bus === 'default' && source !== 'aws.states');
    const open = forwarded.filter(
      (one) => reached(one, { ...eventOf(one), account: '444455556666' }).length > 0,
    );
    const elsewhere = forwarded.filter(
      (one) => reached(one, { ...eventOf(one), region: 'us-east-1' }).length > 0,
    );
    expect([open, elsewhere]).toEqual([[], []]);
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
