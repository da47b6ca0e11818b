import {
  DeregisterTaskDefinitionCommand,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs';
import { releaseTasks } from '../parts/ecs-service.ts';
import { GOOD } from '../parts/web.ts';
import { asAssumed, notSeen, otherwise, type Question, type Shown } from './question.ts';

const LOOK_EVERY_SECONDS = 15;
const LIMIT_LOOKS = 80;

/** Once both sides of the deployment run, it bakes for minutes. */
const UNDER_WAY_SECONDS = 180;

/** ECS's own rollback brings back a service revision whose task definition was deregistered. */
export const inactiveTaskDefinitionRollback: Question = {
  id: 'inactive-task-definition-rollback',
  part: 'ecs-blue-green',
  looksAt: "ECS's own rollback of a deployment, after the old task definition was deregistered",
  assumed: 'it succeeds',
  answer: async (shown) => {
    if (shown.course.ended !== 'rolled-back') return notSeen('the part was not rolled back');
    const { clients, outputs, wait } = shown;
    const good = outputs('BlueGreenTasks');
    const arn = await deploy(shown);
    if (arn === undefined) return notSeen('no deployment began');
    await wait(UNDER_WAY_SECONDS);
    await clients.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: good }));
    await clients.ecs.send(
      new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }),
    );
    const status = await ended(shown, arn);
    return status === 'ROLLBACK_SUCCESSFUL' ? asAssumed(status) : otherwise(status);
  },
};

/** Deploys a good release again, and returns its service deployment. */
async function deploy({ clients, outputs }: Shown): Promise<string | undefined> {
  await releaseTasks(clients, outputs, {
    service: 'BlueGreenService',
    first: 'BlueGreenTasks',
    errors: GOOD,
  });
  const { serviceDeployments = [] } = await clients.ecs.send(
    new ListServiceDeploymentsCommand({ cluster: outputs('Cluster'), service: outputs('BlueGreenService') }),
  );
  return serviceDeployments[0]?.serviceDeploymentArn;
}

async function ended({ clients, wait }: Shown, arn: string): Promise<string> {
  let status = '';
  for (let looks = 0; looks < LIMIT_LOOKS; looks++) {
    const { serviceDeployments = [] } = await clients.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    );
    status = serviceDeployments[0]?.status ?? '';
    if (/SUCCESSFUL|FAILED|^STOPPED/.test(status)) return status;
    await wait(LOOK_EVERY_SECONDS);
  }
  return `still ${status}`;
}
