import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { tablesOf } from '../../src/aws/tables.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createChanges } from '../../src/ledger/dynamodb-changes.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { alarmContributors } from './alarm-contributors.ts';
import { alarmHistory } from './alarm-history.ts';
import { capacity } from './asg/capacity.ts';
import { instanceConsole, instanceLogs } from './asg/instance-logs.ts';
import { instanceRefresh } from './asg/instance-refresh.ts';
import { asgReads } from './asg/reads.ts';
import { scalingActivities } from './asg/scaling-activities.ts';
import { containerLogs } from './ecs/container-logs.ts';
import { counts } from './ecs/counts.ts';
import { deploymentSettings } from './ecs/deployment-settings.ts';
import { ecsReads } from './ecs/reads.ts';
import { serviceEvents } from './ecs/service-events.ts';
import { stoppedTasks } from './ecs/stopped-tasks.ts';
import { taskDefinition } from './ecs/task-definition.ts';
import { gather, GATHER_MILLISECONDS } from './gather.ts';
import { functionLogs } from './lambda/function-logs.ts';
import { otherChanges } from './other-changes.ts';
import type { EvidenceSource } from './source.ts';
import { targetReasons } from './target-reasons.ts';
import { unlessScarce } from './unless-scarce.ts';
import { whoDeployed } from './trail/who-deployed.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const sources = sourcesOf(surroundings);
  const { now } = surroundings;
  return steps({
    gather: {
      run: ({ rollback }) =>
        gather(asPlanned(rollback), sources, now(), AbortSignal.timeout(GATHER_MILLISECONDS)),
    },
  });
}

function sourcesOf(surroundings: Surroundings): readonly EvidenceSource[] {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const calendar = createCalendar(tables, setting('CLAIMS_TABLE'), now);
  const cloudwatch = connect(CloudWatchClient);
  const unless: Unless = (quota, source) => unlessScarce(source, quota, calendar);
  return [
    ...ofEcs(surroundings, unless),
    ...ofAsg(surroundings, unless),
    ...ofLambda(surroundings, unless),
    unless('elb read', targetReasons(connect(ElasticLoadBalancingV2Client))),
    unless('cloudwatch DescribeAlarmHistory', alarmHistory(cloudwatch)),
    alarmContributors(cloudwatch),
    whoDeployed(connect(CloudTrailClient), setting('AWS_REGION')),
    otherChanges(createChanges(tables, setting('LEDGER_TABLE')), now),
  ];
}

type Unless = (quota: Parameters<typeof unlessScarce>[1], source: EvidenceSource) => EvidenceSource;

function ofEcs({ connect, setting }: Surroundings, unless: Unless): readonly EvidenceSource[] {
  const reads = ecsReads(connect(ECSClient));
  const logs = connect(CloudWatchLogsClient);
  return [
    unless('ecs cluster resource read', stoppedTasks(reads)),
    unless('ecs cluster resource read', containerLogs(reads, logs, setting('AWS_REGION'))),
    unless('ecs task definition read', taskDefinition(reads)),
    unless('ecs service read', serviceEvents(reads)),
    unless('ecs service deployment read', counts(reads, connect(ApplicationAutoScalingClient))),
    unless('ecs service deployment read', deploymentSettings(reads)),
  ];
}

function ofAsg({ connect }: Surroundings, unless: Unless): readonly EvidenceSource[] {
  const autoscaling = connect(AutoScalingClient);
  const ec2 = connect(EC2Client);
  const reads = asgReads(autoscaling, ec2);
  return [
    unless('autoscaling read', scalingActivities(reads)),
    unless('autoscaling read', instanceRefresh(autoscaling)),
    unless('autoscaling read', capacity(reads)),
    instanceConsole(reads, ec2),
    instanceLogs(reads, connect(CloudWatchLogsClient)),
  ];
}

function ofLambda({ connect }: Surroundings, unless: Unless): readonly EvidenceSource[] {
  const logs = functionLogs(connect(LambdaClient), connect(CloudWatchLogsClient));
  return [unless('lambda control plane', logs)];
}
