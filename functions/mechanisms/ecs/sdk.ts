import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Ecs } from './ecs.ts';
import { listDeployments } from './list-deployments.ts';
import { newestFirst } from './newest-first.ts';
import { describeDeployment, describeService } from './reads.ts';
import { toDeployment, toRevision, toService, toTaskDefinition } from './from-aws.ts';

type Writes = Pick<Ecs, 'stopDeployment' | 'rollBackAtHook' | 'update'>;

/** Binds the calls to a client. */
export function createEcs(client: ECSClient): Ecs {
  return { ...readsOf(client), ...writesOf(client) };
}

function readsOf(client: ECSClient): Omit<Ecs, keyof Writes> {
  return {
    service: describeService(client),

    deployments: (name, createdAfter) => listDeployments(client, name, createdAfter),

    deployment: describeDeployment(client),

    describedDeployments: async (arns) => {
      if (arns.length === 0) return [];
      const input = { serviceDeploymentArns: [...arns] };
      const { serviceDeployments = [] } = await client.send(new DescribeServiceDeploymentsCommand(input));
      return newestFirst(serviceDeployments.map(toDeployment));
    },

    revisions: async (arns) => {
      if (arns.length === 0) return [];
      const input = { serviceRevisionArns: [...arns] };
      const { serviceRevisions = [] } = await client.send(new DescribeServiceRevisionsCommand(input));
      return serviceRevisions.map(toRevision);
    },

    taskDefinition: async (arn) => {
      const input = { taskDefinition: arn, include: ['TAGS' as const] };
      try {
        return toTaskDefinition(arn, await client.send(new DescribeTaskDefinitionCommand(input)));
      } catch (error) {
        // A deleted task definition can no longer be described (API_DeleteTaskDefinitions, Amazon ECS).
        if (isNamed(error, 'ClientException'))
          return {
            arn,
            active: false,
            registeredAt: null,
            images: [],
            tags: {},
            settings: null,
            reads: [],
            traits: null,
          };
        throw error;
      }
    },
  };
}

function writesOf(client: ECSClient): Writes {
  return {
    stopDeployment: async (arn) => {
      await client.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }),
      );
    },

    rollBackAtHook: async (arn, hook) => {
      const input = { serviceDeploymentArn: arn, hookId: hook, action: 'ROLLBACK' as const };
      await client.send(new ContinueServiceDeploymentCommand(input));
    },

    update: async ({ cluster, service }, changes, forceNewDeployment) => {
      const forced = forceNewDeployment ? { forceNewDeployment } : {};
      const input = { cluster, service, ...changes, ...forced };
      return toService((await client.send(new UpdateServiceCommand(input))).service ?? {});
    },
  };
}
