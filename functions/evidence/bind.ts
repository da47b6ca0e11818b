import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { tablesOf } from '../../src/aws/tables.ts';
import { steps } from '../../src/lambda/steps.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { alarmHistory } from './alarm-history.ts';
import { gather, GATHER_MILLISECONDS } from './gather.ts';
import { stoppedTasks } from './stopped-tasks.ts';
import { targetReasons } from './target-reasons.ts';
import { unlessScarce } from './unless-scarce.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const calendar = createCalendar(tablesOf(surroundings), setting('CLAIMS_TABLE'), now);
  const targets = targetReasons(connect(ElasticLoadBalancingV2Client));
  const alarms = alarmHistory(connect(CloudWatchClient));
  const sources = [
    unlessScarce(stoppedTasks(connect(ECSClient)), 'ecs cluster resource read', calendar),
    unlessScarce(targets, 'elb read', calendar),
    unlessScarce(alarms, 'cloudwatch DescribeAlarmHistory', calendar),
  ];

  return steps({
    gather: {
      run: ({ rollback }) =>
        gather(asPlanned(rollback), sources, now(), AbortSignal.timeout(GATHER_MILLISECONDS)),
    },
  });
}
