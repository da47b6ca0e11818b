import type {
  BatchGetDeploymentGroupsInput,
  BatchGetDeploymentGroupsOutput,
  CreateDeploymentGroupInput,
  CreateDeploymentGroupOutput,
  DeleteDeploymentGroupInput,
  GetDeploymentGroupInput,
  GetDeploymentGroupOutput,
  ListDeploymentGroupsInput,
  ListDeploymentGroupsOutput,
  UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import type { Operation } from '../../service.ts';
import { onApplication, onGroup } from '../access.ts';
import { page } from '../answer.ts';
import { describeGroup } from '../describe.ts';
import { invalid } from '../errors.ts';
import type { Group } from '../model.ts';
import { findApplication, findGroup, platformOf, type CodeDeployState } from '../state.ts';
import { toTags } from '../tags.ts';

/** The operations on deployment groups. */
export function groupOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  return {
    CreateDeploymentGroup: {
      authorize: (input: CreateDeploymentGroupInput) => [onGroup(state, 'CreateDeploymentGroup', input)],
      run: (input: CreateDeploymentGroupInput) => createGroup(state, input),
    },
    UpdateDeploymentGroup: {
      authorize: ({ applicationName, currentDeploymentGroupName }: UpdateDeploymentGroupInput) => [
        onGroup(state, 'UpdateDeploymentGroup', {
          applicationName,
          deploymentGroupName: currentDeploymentGroupName,
        }),
      ],
      run: (input: UpdateDeploymentGroupInput) => updateGroup(state, input),
    },
    DeleteDeploymentGroup: {
      authorize: (input: DeleteDeploymentGroupInput) => [onGroup(state, 'DeleteDeploymentGroup', input)],
      run: ({ applicationName, deploymentGroupName = '' }: DeleteDeploymentGroupInput) => {
        findApplication(state, applicationName).groups.delete(deploymentGroupName);
        return {};
      },
    },
    GetDeploymentGroup: {
      authorize: (input: GetDeploymentGroupInput) => [onGroup(state, 'GetDeploymentGroup', input)],
      run: ({ applicationName, deploymentGroupName }: GetDeploymentGroupInput): GetDeploymentGroupOutput => ({
        deploymentGroupInfo: describeGroup(findGroup(state, applicationName, deploymentGroupName)),
      }),
    },
    BatchGetDeploymentGroups: {
      authorize: ({ applicationName, deploymentGroupNames = [] }: BatchGetDeploymentGroupsInput) =>
        deploymentGroupNames.map((deploymentGroupName) =>
          onGroup(state, 'BatchGetDeploymentGroups', { applicationName, deploymentGroupName }),
        ),
      // Omits groups that do not exist. The limit: BatchLimitExceededException of API_BatchGetDeploymentGroups.
      run: (input: BatchGetDeploymentGroupsInput): BatchGetDeploymentGroupsOutput => {
        if ((input.deploymentGroupNames ?? []).length > 100)
          throw invalid('BatchLimitExceededException', 'The maximum number of names or IDs is 100.');
        const { groups } = findApplication(state, input.applicationName);
        const found = (input.deploymentGroupNames ?? []).flatMap((name) => groups.get(name) ?? []);
        return { deploymentGroupsInfo: found.map(describeGroup) };
      },
    },
    ListDeploymentGroups: {
      authorize: ({ applicationName }: ListDeploymentGroupsInput) => [
        onApplication(state, 'ListDeploymentGroups', applicationName),
      ],
      run: ({ applicationName, nextToken }: ListDeploymentGroupsInput): ListDeploymentGroupsOutput => {
        const { groups } = findApplication(state, applicationName);
        const { items, token } = page([...groups.keys()], nextToken);
        return { applicationName, deploymentGroups: items, ...token };
      },
    },
  };
}

function createGroup(state: CodeDeployState, input: CreateDeploymentGroupInput): CreateDeploymentGroupOutput {
  const { applicationName, deploymentGroupName: name = '', tags, ...settings } = input;
  const application = findApplication(state, applicationName);
  if (application.groups.has(name))
    throw invalid('DeploymentGroupAlreadyExistsException', `Deployment Group already exists: ${name}`);
  const id = state.chance.uuid();
  const group: Group = { application, name, id, tags: toTags(tags), settings, deployments: [] };
  platformOf(state, group).checkGroup(group);
  application.groups.set(name, group);
  return { deploymentGroupId: id };
}

/**
 * Updates a group. Settings that the request omits stay.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_UpdateDeploymentGroup.html
 */
function updateGroup(state: CodeDeployState, input: UpdateDeploymentGroupInput): object {
  const { applicationName, currentDeploymentGroupName, newDeploymentGroupName, ...changes } = input;
  if (newDeploymentGroupName !== undefined) throw new Error('renaming a deployment group is not modelled');
  const group = findGroup(state, applicationName, currentDeploymentGroupName);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const changed = { ...group, settings: { ...group.settings, ...Object.fromEntries(given) } };
  platformOf(state, group).checkGroup(changed);
  group.settings = changed.settings;
  return { hooksNotCleanedUp: [] };
}
