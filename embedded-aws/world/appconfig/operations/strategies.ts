import type { CreateDeploymentStrategyRequest } from '@aws-sdk/client-appconfig';
import { onAll } from '../access.ts';
import { describeStrategy } from '../describe.ts';
import type { Strategy } from '../model.ts';
import { newId, type AppConfigState } from '../state.ts';

/** https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateDeploymentStrategy.html */
export function strategyOperations(state: AppConfigState) {
  return {
    CreateDeploymentStrategy: {
      authorize: () => onAll('CreateDeploymentStrategy'),
      run: (input: CreateDeploymentStrategyRequest) => {
        const created: Strategy = {
          ...{ id: newId(state), name: input.Name ?? '', minutes: input.DeploymentDurationInMinutes ?? 0 },
          ...{ growth: input.GrowthType ?? 'LINEAR', factor: input.GrowthFactor ?? 100 },
          bakeMinutes: input.FinalBakeTimeInMinutes ?? 0,
        };
        state.strategies.set(created.id, created);
        return describeStrategy(created);
      },
    },
  };
}
