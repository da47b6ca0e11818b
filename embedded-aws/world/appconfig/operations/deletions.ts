import { isInFlight } from '../deployments/back.ts';
import { on, onArn } from '../access.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { applicationArn, environmentArn, profileArn, strategyArn } from '../names.ts';
import { findApplication, findEnvironment, findProfile, type AppConfigState, type Ids } from '../state.ts';

interface OfStrategy {
  readonly DeploymentStrategyId?: string | undefined;
}

/**
 * The deletions of what deployments are made of. A profile with versions is refused as in pulumi/pulumi issue 20098. An
 * application with parts and an environment with a deployment in flight are refused too. Unknown: appconfig-deletions.
 * Deletion protection is off, as by default:
 * https://docs.aws.amazon.com/appconfig/latest/userguide/deletion-protection.html
 */
export function deletions(state: AppConfigState) {
  return {
    DeleteApplication: {
      authorize: on(state, 'DeleteApplication', 'application'),
      run: ({ ApplicationId = '' }: Ids) => {
        const { environments, profiles } = findApplication(state, ApplicationId);
        if (environments.size + profiles.size > 0)
          throw badRequest(`Application ${ApplicationId} still has environments or configuration profiles.`);
        state.applications.delete(ApplicationId);
        state.tags.delete(applicationArn({ ApplicationId }));
        return {};
      },
    },
    DeleteConfigurationProfile: {
      authorize: on(state, 'DeleteConfigurationProfile', 'application', 'profile'),
      run: (ids: Ids) => {
        const { application, id, versions } = findProfile(state, ids);
        if (versions.size > 0)
          throw badRequest(
            `Cannot delete configuration profile ${id} because there are still hosted configuration versions existing under it.`,
          );
        application.profiles.delete(id);
        state.tags.delete(profileArn(ids));
        return {};
      },
    },
    DeleteDeploymentStrategy: {
      authorize: ({ DeploymentStrategyId = '' }: OfStrategy) => [
        onArn(state, 'DeleteDeploymentStrategy', strategyArn(DeploymentStrategyId)),
      ],
      run: ({ DeploymentStrategyId = '' }: OfStrategy) => {
        if (!state.strategies.delete(DeploymentStrategyId))
          throw notFound('DeploymentStrategy', DeploymentStrategyId);
        return {};
      },
    },
    DeleteEnvironment: {
      authorize: on(state, 'DeleteEnvironment', 'application', 'environment'),
      run: (ids: Ids) => {
        const { application, id, deployments } = findEnvironment(state, ids);
        const latest = deployments.at(-1);
        if (latest !== undefined && (isInFlight(latest) || latest.state === 'ROLLING_BACK'))
          throw conflict(`Deployment ${latest.number} of environment ${id} is in progress.`);
        application.environments.delete(id);
        for (const arn of [...state.tags.keys()])
          if (`${arn}/`.startsWith(`${environmentArn(ids)}/`)) state.tags.delete(arn);
        return {};
      },
    },
  };
}
