import type { Surroundings } from '../../aws.ts';
import type { ServiceName, TargetGroups, TaskSets } from '../../seams.ts';
import type { Group } from '../model.ts';

/** The services that a deployment to ECS depends on. */
export interface EcsGround {
  readonly clock: Surroundings['clock'];
  readonly taskSets: TaskSets;
  readonly targetGroups: TargetGroups;
  /** Returns null if no target group has that name. */
  readonly targetGroupArn: (name: string) => string | null;
}

/** Returns the service of a deployment group. */
export function serviceOf({ settings }: Group): ServiceName {
  const [found] = settings.ecsServices ?? [];
  return { cluster: found?.clusterName ?? 'default', service: found?.serviceName ?? '' };
}
