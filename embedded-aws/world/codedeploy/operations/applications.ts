import type {
  CreateApplicationInput,
  CreateApplicationOutput,
  GetApplicationInput,
  GetApplicationOutput,
  GetApplicationRevisionInput,
  GetApplicationRevisionOutput,
  ListApplicationsInput,
  ListApplicationsOutput,
  RegisterApplicationRevisionInput,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { onAll, onApplication } from '../access.ts';
import { page } from '../answer.ts';
import { invalid } from '../errors.ts';
import { findRevision, register } from '../revisions.ts';
import { findApplication, now, type CodeDeployState } from '../state.ts';
import { toTags } from '../tags.ts';

/** The operations on applications and their revisions. */
export function applicationOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    CreateApplication: {
      authorize: ({ applicationName }: CreateApplicationInput) => [
        onApplication(state, 'CreateApplication', applicationName),
      ],
      run: (input: CreateApplicationInput) => createApplication(state, input),
    },
    GetApplication: {
      authorize: ({ applicationName }: GetApplicationInput) => [
        onApplication(state, 'GetApplication', applicationName),
      ],
      run: ({ applicationName }: GetApplicationInput): GetApplicationOutput => {
        const { name, id, createTime, platform } = findApplication(state, applicationName);
        return {
          application: { applicationName: name, applicationId: id, createTime, computePlatform: platform },
        };
      },
    },
    ListApplications: {
      authorize: () => [onAll('ListApplications')],
      run: ({ nextToken }: ListApplicationsInput): ListApplicationsOutput => {
        const { items, token } = page([...state.applications.keys()], nextToken);
        return { applications: items, ...token };
      },
    },
    RegisterApplicationRevision: {
      authorize: ({ applicationName }: RegisterApplicationRevisionInput) => [
        onApplication(state, 'RegisterApplicationRevision', applicationName),
      ],
      run: ({ applicationName, revision }: RegisterApplicationRevisionInput) => {
        register(findApplication(state, applicationName), revision);
        return {};
      },
    },
    GetApplicationRevision: {
      authorize: ({ applicationName }: GetApplicationRevisionInput) => [
        onApplication(state, 'GetApplicationRevision', applicationName),
      ],
      run: ({ applicationName, revision }: GetApplicationRevisionInput): GetApplicationRevisionOutput => {
        const found = findRevision(findApplication(state, applicationName), revision);
        return { applicationName, revision: found, revisionInfo: {} };
      },
    },
  };
}

function createApplication(
  state: CodeDeployState,
  { applicationName: name = '', computePlatform = 'Server', tags }: CreateApplicationInput,
): CreateApplicationOutput {
  if (state.applications.has(name))
    throw invalid('ApplicationAlreadyExistsException', `Application already exists: ${name}`);
  const id = state.chance.uuid();
  state.applications.set(name, {
    name,
    id,
    platform: computePlatform,
    createTime: now(state),
    tags: toTags(tags),
    groups: new Map(),
    revisions: new Map(),
  });
  return { applicationId: id };
}
