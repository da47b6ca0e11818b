import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { steps } from '../../src/lambda/steps.ts';
import { asPlanned } from '../../src/rollback/doors.ts';
import { alarmHistory } from './alarm-history.ts';
import { gather, GATHER_MILLISECONDS } from './gather.ts';
import { stoppedTasks } from './stopped-tasks.ts';
import { targetReasons } from './target-reasons.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind({ connect, now }: Surroundings): LambdaHandler {
  const sources = [
    stoppedTasks(connect(ECSClient)),
    targetReasons(connect(ElasticLoadBalancingV2Client)),
    alarmHistory(connect(CloudWatchClient)),
  ];

  return steps({
    gather: {
      run: ({ rollback }) =>
        gather(asPlanned(rollback), sources, now(), AbortSignal.timeout(GATHER_MILLISECONDS)),
    },
  });
}
