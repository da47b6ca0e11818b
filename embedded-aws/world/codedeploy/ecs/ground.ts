import type { Surroundings } from '../../aws.ts';
import type { ServiceName, TargetGroups, TaskSets } from '../../seams.ts';
import type { Group } from '../model.ts';

/** What a deployment of ECS stands on. */
export interface EcsGround {
  readonly clock: Surroundings['clock'];
  readonly taskSets: TaskSets;
  readonly targetGroups: TargetGroups;
  /** Null: there is no target group of that name. */
  readonly targetGroupArn: (name: string) => string | null;
}

/** The service of a deployment group. */
export function serviceOf({ settings }: Group): ServiceName {
  const [found] = settings.ecsServices ?? [];
  return { cluster: found?.clusterName ?? 'default', service: found?.serviceName ?? '' };
}
