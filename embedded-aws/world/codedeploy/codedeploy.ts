import type { Surroundings } from '../aws.ts';
import type { Facts } from '../needs/facts.ts';
import { limited, type AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import { groupArn } from './names.ts';
import { applicationOperations } from './operations/applications.ts';
import { configOperations } from './operations/configs.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { groupOperations } from './operations/groups.ts';
import { tagOperations } from './operations/tags.ts';
import { targetOperations } from './operations/targets.ts';
import { createState, type Neighbours } from './state.ts';
import { bucketOf } from './buckets.ts';
import { HONOURED } from './honoured.ts';

export interface CodeDeploy extends AwsService, TaggedResources, Pick<Facts, 'deploymentGroup'> {
  /** Sets the duration of every later stop. */
  stopsAfter(seconds: number): void;
}

/**
 * Simulates AWS CodeDeploy: the parts that all compute platforms share. The platform changes instances, aliases and task
 * sets.
 */
export function createCodeDeploy(surroundings: Surroundings, neighbours: Neighbours): CodeDeploy {
  const state = createState(surroundings, neighbours);
  return {
    signingName: 'codedeploy',
    honoured: HONOURED,
    operations: limited(
      {
        ...applicationOperations(state),
        ...groupOperations(state),
        ...configOperations(state),
        ...deploymentOperations(state),
        ...targetOperations(state),
        ...tagOperations(state),
      },
      bucketOf,
    ),
    stopsAfter: (seconds) => {
      state.stoppedAfterSeconds = [seconds, seconds];
    },
    deploymentGroup: (name, groupName) => {
      const application = state.applications.get(name);
      const group = application?.groups.get(groupName);
      return {
        deploymentConfigName: group?.settings.deploymentConfigName,
        tags: group?.tags ?? {},
        applicationTags: application?.tags ?? {},
      };
    },
    tagged: () =>
      [...state.applications.values()].flatMap(({ name, groups }) =>
        [...groups.values()].map((group) => ({ arn: groupArn(name, group.name), tags: group.tags })),
      ),
  };
}
