import type { Surroundings } from '../aws.ts';
import type { AlarmStates, InstanceRegistry, LaunchTemplates } from '../seams.ts';
import { AwsError } from '../service.ts';
import type { Group, Instance } from './model.ts';

export interface Neighbours {
  readonly templates: LaunchTemplates;
  readonly targetGroups: InstanceRegistry;
  readonly alarms: AlarmStates;
}

export interface AutoScalingState extends Surroundings, Neighbours {
  readonly groups: Map<string, Group>;
  /** The instances of all groups by id, until they are terminated or their group is deleted. */
  readonly instances: Map<string, Instance>;
}

export function findGroup({ groups }: AutoScalingState, name = ''): Group | null {
  return groups.get(name) ?? null;
}

/** @throws AwsError ValidationError */
export function getGroup(state: AutoScalingState, name = ''): Group {
  const found = findGroup(state, name);
  if (found !== null) return found;
  throw invalid(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
}

/** Returns the error of every request with an invalid value. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
