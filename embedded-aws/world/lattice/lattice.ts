import type { Surroundings } from '../aws.ts';
import type { Backends, InstanceRegistry, Metrics } from '../seams.ts';
import type { AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import type { Users } from '../traffic/users.ts';
import { createHealthChecker } from './health.ts';
import { HONOURED } from './honoured.ts';
import { instanceGroups } from './instance-groups.ts';
import { listenerOperations } from './listeners.ts';
import { networkOperations } from './networks.ts';
import { ruleOperations } from './rules.ts';
import { serviceOperations } from './services.ts';
import { spreading } from './spread.ts';
import { emptyState, findTargetGroup, tagsOf } from './state.ts';
import { tagOperations } from './tags.ts';
import { targetGroupOperations } from './target-groups.ts';
import { targetOperations } from './targets.ts';
import { createLatticeUsers } from './users.ts';

/** Amazon VPC Lattice, and the clients of its services. */
export interface Lattice extends AwsService, TaggedResources {
  readonly users: Users;
  /** The target groups, as Auto Scaling uses them. */
  readonly targetGroups: InstanceRegistry;
  /** Fails the creation of a target group, as AWS does where it cannot provision one. */
  failCreation(targetGroup: string): void;
}

interface Neighbours {
  readonly backends: () => Backends;
  readonly metrics: Metrics;
}

/**
 * Simulates Amazon VPC Lattice: service networks, services, listeners, rules, weighted target groups and their health
 * checks. Access policies and resources are not modelled.
 */
export function createLattice(surroundings: Surroundings, { backends, metrics }: Neighbours): Lattice {
  const state = emptyState();
  const health = createHealthChecker(surroundings, state, backends);
  const spread = spreading(surroundings);
  return {
    signingName: 'vpc-lattice',
    honoured: HONOURED,
    operations: {
      ...serviceOperations(surroundings, state),
      ...networkOperations(surroundings, state),
      ...listenerOperations(surroundings, state, spread),
      ...ruleOperations(surroundings, state, spread),
      ...targetGroupOperations(surroundings, state),
      ...targetOperations(state, health),
      ...tagOperations(state),
    },
    users: createLatticeUsers(surroundings, { state, health, backends, metrics }),
    targetGroups: instanceGroups(state, health),
    failCreation: (targetGroup) => {
      findTargetGroup(state, targetGroup).status = 'CREATE_FAILED';
    },
    tagged: () => [...state.tags.keys()].map((arn) => ({ arn, tags: tagsOf(state, arn) })),
  };
}
