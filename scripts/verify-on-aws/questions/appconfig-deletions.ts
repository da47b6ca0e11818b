import {
  BadRequestException,
  ConflictException,
  DeleteEnvironmentCommand,
  StartDeploymentCommand,
} from '@aws-sdk/client-appconfig';
import { deployable, GOOD_VERSION, stop } from '../parts/appconfig-profile.ts';
import { asAssumed, otherwise, type Question } from './question.ts';

/** Seconds before a write, so that no rate refuses it. */
const REST_SECONDS = 10;

/** AppConfig deletes no environment while a deployment is in flight. */
export const appconfigDeletions: Question = {
  id: 'appconfig-deletions',
  part: 'appconfig-profile',
  looksAt: 'DeleteEnvironment while a deployment bakes',
  assumed: 'it is refused',
  answer: async ({ clients, outputs, wait }) => {
    const { appConfig } = clients;
    const { ConfigurationProfileId, ...ids } = deployable(outputs);
    await wait(REST_SECONDS);
    const { DeploymentNumber = 0 } = await appConfig.send(
      new StartDeploymentCommand({
        ...{ ...ids, ConfigurationProfileId, ConfigurationVersion: GOOD_VERSION },
        DeploymentStrategyId: outputs('FlagsBaking'),
      }),
    );
    try {
      await appConfig.send(new DeleteEnvironmentCommand(ids));
      return otherwise('it was deleted');
    } catch (error) {
      const isRefused = error instanceof ConflictException || error instanceof BadRequestException;
      if (!isRefused) throw error;
      return asAssumed(`refused with ${error.name}: ${error.message}`);
    } finally {
      await wait(REST_SECONDS);
      await stop(clients, outputs, DeploymentNumber, wait).catch(() => undefined);
    }
  },
};
