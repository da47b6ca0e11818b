import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientOptions } from '../../src/aws/client.ts';
import { now } from '../../src/lambda/now.ts';
import { steps } from '../../src/lambda/steps.ts';
import type { Planned } from '../../src/rollback/document.ts';
import { alarmHistory } from './alarm-history.ts';
import { gather, GATHER_MILLISECONDS } from './gather.ts';
import { stoppedTasks } from './stopped-tasks.ts';
import { targetReasons } from './target-reasons.ts';

const sources = [
  stoppedTasks(new ECSClient(clientOptions)),
  targetReasons(new ElasticLoadBalancingV2Client(clientOptions)),
  alarmHistory(new CloudWatchClient(clientOptions)),
];

export const handler = steps({
  gather: {
    run: ({ rollback }) =>
      gather(rollback as Planned, sources, now(), AbortSignal.timeout(GATHER_MILLISECONDS)),
  },
});
