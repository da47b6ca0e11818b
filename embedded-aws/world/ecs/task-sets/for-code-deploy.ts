import type { ServiceName, TaskSets, TaskSetSide } from '../../seams.ts';
import type { Service, Workload, TaskSet } from '../model.ts';
import { findService, getService, type EcsState } from '../state.ts';
import { deleteTaskSet, makePrimary } from './change.ts';
import { createTaskSet } from './create.ts';
import { findTaskSet, getTaskSet } from './find.ts';
import { isSteady } from './keep.ts';
import type { Settings } from './task-set.ts';

/** The ECS calls that CodeDeploy makes with its service role. */
export function taskSetsForCodeDeploy(ecs: EcsState): TaskSets {
  const find = ({ cluster, service }: ServiceName): Service => getService(ecs, cluster, service);
  return {
    taskSets: ({ cluster, service: name }) => {
      const service = findService(ecs, cluster, name);
      if (service?.controller !== 'CODE_DEPLOY') return null;
      return service.taskSets.filter(({ status }) => status !== 'DRAINING').map((set) => toSide(ecs, set));
    },
    createTaskSet: (name, { deployment, ...different }) => {
      const service = find(name);
      const settings = { ...workloadOf(service), ...behind(different) };
      const startedBy = 'CODE_DEPLOY';
      return createTaskSet(ecs, service, {
        settings,
        status: 'ACTIVE',
        scale: 100,
        startedBy,
        externalId: deployment,
      }).id;
    },
    makePrimary: (name, id) => makePrimary(ecs, getTaskSet(find(name), id)),
    removeTaskSet: (name, id) => {
      const set = findTaskSet(find(name), id);
      if (set !== undefined) deleteTaskSet(ecs, set, true);
    },
  };
}

function toSide(ecs: EcsState, set: TaskSet): TaskSetSide {
  const { taskDefinition } = set.rollout.revision.workload;
  const [attachment] = set.rollout.revision.attachments;
  return {
    id: set.id,
    taskDefinition: taskDefinition.arn,
    targetGroupArn: attachment?.targetGroupArn ?? '',
    isPrimary: set.status === 'PRIMARY',
    isSteady: isSteady(ecs, set),
  };
}

function workloadOf({ taskSets }: Service): Partial<Workload> {
  return taskSets.find(({ status }) => status === 'PRIMARY')?.rollout.revision.workload ?? {};
}

function behind(different: {
  readonly taskDefinition: string;
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
}): Pick<Settings, 'taskDefinition' | 'loadBalancers'> {
  const { taskDefinition, ...loadBalancer } = different;
  return { taskDefinition, loadBalancers: [loadBalancer] };
}
