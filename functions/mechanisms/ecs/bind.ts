import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { createRegistry } from './ecr.ts';
import { createMechanism } from './mechanism.ts';
import { createStages } from './native/stages.ts';
import { readinessWith } from './ready/ready.ts';
import { createReadyReads } from './ready/sdk.ts';
import { createEcs } from './sdk.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { createTasks } from './tasks/sdk.ts';
import { createBalancer } from './traffic/sdk.ts';
import { createReadTestListener } from './traffic/test-listener.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const [ecs, elb] = [connect(ECSClient), connect(ElasticLoadBalancingV2Client)];
    const ecr = connect(ECRClient);
    const reads = { ecs: createEcs(ecs), ledger };
    const codeDeploy = connect(CodeDeployClient);
    const ready = createReadyReads({ ecs, elb, ecr, codeDeploy, now });
    const mechanism = createMechanism({
      ...reads,
      taskSets: createTaskSets(ecs),
      tasks: createTasks(ecs),
      balancer: createBalancer(elb),
      stages: createStages(ecs),
      testListener: createReadTestListener(elb),
      codeDeploy: createCodeDeploy(codeDeploy),
      registry: createRegistry(ecr),
      now,
    });
    return { ...mechanism, readiness: readinessWith({ ...reads, ready }) };
  });
}
