import type {
  CreateApplicationRequest,
  CreateEnvironmentRequest,
  ListApplicationsRequest,
  ListEnvironmentsRequest,
  UpdateEnvironmentRequest,
} from '@aws-sdk/client-appconfig';
import { on, onAll } from '../access.ts';
import { describeApplication, describeEnvironment } from '../describe.ts';
import type { Application, Environment, Tags } from '../model.ts';
import { applicationArn, environmentArn } from '../names.ts';
import { findApplication, findEnvironment, newId, type AppConfigState, type Ids } from '../state.ts';
import { page } from './page.ts';

/** Names of applications and environments need not be unique: https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-namespace.html */
export function applicationOperations(state: AppConfigState) {
  return {
    CreateApplication: {
      authorize: () => onAll('CreateApplication'),
      run: ({ Name = '', Tags = {} }: CreateApplicationRequest) => {
        const id = newId(state);
        const created: Application = { id, name: Name, environments: new Map(), profiles: new Map() };
        state.applications.set(id, created);
        keep(state, applicationArn({ ApplicationId: id }), Tags);
        return describeApplication(created);
      },
    },
    GetApplication: {
      authorize: on(state, 'GetApplication', 'application'),
      run: ({ ApplicationId }: Ids) => describeApplication(findApplication(state, ApplicationId)),
    },
    ListApplications: {
      authorize: () => onAll('ListApplications'),
      run: (input: ListApplicationsRequest) =>
        page([...state.applications.values()], input, describeApplication),
    },
  };
}

export function environmentOperations(state: AppConfigState) {
  return {
    CreateEnvironment: {
      authorize: on(state, 'CreateEnvironment', 'application'),
      run: ({
        ApplicationId,
        Name = '',
        Description,
        Monitors = [],
        Tags = {},
      }: CreateEnvironmentRequest) => {
        const application = findApplication(state, ApplicationId);
        const id = newId(state);
        const created: Environment = {
          ...{ application, id, name: Name, description: Description, monitors: Monitors, deployments: [] },
        };
        application.environments.set(id, created);
        keep(state, environmentArn({ ApplicationId, EnvironmentId: id }), Tags);
        return describeEnvironment(created);
      },
    },
    UpdateEnvironment: {
      authorize: on(state, 'UpdateEnvironment', 'application', 'environment'),
      run: ({ Name, Description, Monitors, ...ids }: UpdateEnvironmentRequest) => {
        const environment = findEnvironment(state, ids);
        if (Name !== undefined) environment.name = Name;
        if (Description !== undefined) environment.description = Description;
        if (Monitors !== undefined) environment.monitors = Monitors;
        return describeEnvironment(environment);
      },
    },
    GetEnvironment: {
      authorize: on(state, 'GetEnvironment', 'application', 'environment'),
      run: (ids: Ids) => describeEnvironment(findEnvironment(state, ids)),
    },
    ListEnvironments: {
      authorize: on(state, 'ListEnvironments', 'application'),
      run: (input: ListEnvironmentsRequest) =>
        page(
          [...findApplication(state, input.ApplicationId).environments.values()],
          input,
          describeEnvironment,
        ),
    },
  };
}

function keep({ tags }: AppConfigState, arn: string, own: Tags): void {
  if (Object.keys(own).length > 0) tags.set(arn, { ...own });
}
