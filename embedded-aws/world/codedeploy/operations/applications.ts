import type {
  BatchGetApplicationRevisionsInput,
  BatchGetApplicationRevisionsOutput,
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
import { findRevision, keyOf, register } from '../revisions.ts';
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
    BatchGetApplicationRevisions: {
      authorize: ({ applicationName }: BatchGetApplicationRevisionsInput) => [
        onApplication(state, 'BatchGetApplicationRevisions', applicationName),
      ],
      run: (input: BatchGetApplicationRevisionsInput) => batchGetRevisions(state, input),
    },
  };
}

const MAX_REVISIONS_PER_CALL = 25;

/**
 * Describes up to 25 revisions. Its page has no error for an unknown one, only an `errorMessage`. Whether the content of
 * an AppSpec is in the answer is not documented; its shape has it, as that of GetApplicationRevision.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetApplicationRevisions.html
 * Unknown: batch-of-revisions-has-content.
 */
function batchGetRevisions(
  state: CodeDeployState,
  { applicationName, revisions: asked }: BatchGetApplicationRevisionsInput,
): BatchGetApplicationRevisionsOutput {
  const application = findApplication(state, applicationName);
  if (asked === undefined || asked.length === 0)
    throw invalid('RevisionRequiredException', 'The revision must be specified');
  if (asked.length > MAX_REVISIONS_PER_CALL)
    throw invalid('BatchLimitExceededException', 'At most 25 revisions can be specified');
  const found = asked.flatMap((revision) => application.revisions.get(keyOf(revision)) ?? []);
  return {
    applicationName,
    revisions: found.map((revisionLocation) => ({ revisionLocation, genericRevisionInfo: {} })),
    ...(found.length < asked.length && { errorMessage: 'Some application revisions could not be found' }),
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
