import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { asAssumed, otherwise, type Question } from './question.ts';

/** ECS refuses another capacity provider strategy without force. */
export const forceForCapacityProviders: Question = {
  id: 'force-for-capacity-providers',
  part: 'ecs-rolling',
  looksAt: 'UpdateService with another capacity provider strategy, without `forceNewDeployment`',
  assumed: 'ECS refuses it',
  answer: async ({ clients, outputs }) => {
    const input = {
      cluster: outputs('Cluster'),
      service: outputs('RollingService'),
      capacityProviderStrategy: [
        { capacityProvider: 'FARGATE', weight: 1 },
        { capacityProvider: 'FARGATE_SPOT', weight: 1 },
      ],
    };
    try {
      await clients.ecs.send(new UpdateServiceCommand(input));
      return otherwise('ECS took it');
    } catch (error) {
      if (!(error instanceof Error) || !/InvalidParameter|ClientException/.test(error.name)) throw error;
      return asAssumed(`${error.name}: ${error.message}`);
    }
  },
};
