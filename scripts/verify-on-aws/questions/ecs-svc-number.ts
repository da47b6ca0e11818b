import { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { readService } from './service.ts';

/** The number in `ecs-svc/N`, by which events name a deployment, is that of the service revision. */
export const ecsSvcNumber: Question = {
  id: 'ecs-svc-number',
  part: 'ecs-rolling',
  looksAt: 'the ids `ecs-svc/N` in DescribeServices, beside the service revisions',
  assumed: 'N is the number at the end of the target service revision',
  answer: async (shown) => {
    const { clients, outputs } = shown;
    const { deployments = [] } = await readService(shown, 'RollingService');
    const id = deployments.find(({ status }) => status === 'PRIMARY')?.id;
    const revision = await newestRevision(clients.ecs, outputs('Cluster'), outputs('RollingService'));
    if (id === undefined || revision === undefined) return notSeen('no deployment is shown');
    const found = `${id} deployed …/${revision}`;
    return id === `ecs-svc/${revision}` ? asAssumed(found) : otherwise(found);
  },
};

async function newestRevision(
  ecs: Parameters<Question['answer']>[0]['clients']['ecs'],
  cluster: string,
  service: string,
): Promise<string | undefined> {
  const { serviceDeployments = [] } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
  const arn = serviceDeployments[0]?.serviceDeploymentArn;
  if (arn === undefined) return undefined;
  const { serviceDeployments: [newest] = [] } = await ecs.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
  );
  return newest?.targetServiceRevision?.arn?.split('/').at(-1);
}
