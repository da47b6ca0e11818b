import type {
  DeregisterTargetsRequest,
  DeregisterTargetsResponse,
  ListTargetsRequest,
  ListTargetsResponse,
  RegisterTargetsRequest,
  RegisterTargetsResponse,
  Target,
} from '@aws-sdk/client-vpc-lattice';
import type { TargetId } from '../seams.ts';
import { onOne, targetGroupArn } from './access.ts';
import { invalid } from './actions.ts';
import type { HealthChecker } from './health.ts';
import { page } from './paging.ts';
import { findTargetGroup, type LatticeState, type TargetGroup } from './state.ts';

interface Named {
  readonly targetGroupIdentifier: string | undefined;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/register-targets.html */
export function targetOperations(state: LatticeState, health: HealthChecker) {
  const mayOn = (action: string) => (input: Named) =>
    onOne(state, action, targetGroupArn(input.targetGroupIdentifier));
  const find = (input: Named) => findTargetGroup(state, input.targetGroupIdentifier);
  return {
    RegisterTargets: {
      authorize: mayOn('RegisterTargets'),
      run: (input: RegisterTargetsRequest): RegisterTargetsResponse => {
        const group = find(input);
        const targets = named(group, input.targets);
        // "You can register a single function" and one load balancer (register-targets).
        if (isSingle(group) && group.targets.size + targets.length > 1)
          throw invalid(`A target group of the type ${group.type} has one target`);
        for (const target of targets) health.register(group, target);
        return { successful: [...targets], unsuccessful: [] };
      },
    },
    DeregisterTargets: {
      authorize: mayOn('DeregisterTargets'),
      run: (input: DeregisterTargetsRequest): DeregisterTargetsResponse => {
        const group = find(input);
        const targets = named(group, input.targets).map((target) => ({
          target,
          done: health.deregister(group, target),
        }));
        const failure = { failureCode: 'TargetNotRegistered', failureMessage: 'It is not registered' };
        return {
          successful: targets.filter(({ done }) => done).map(({ target }) => target),
          unsuccessful: targets.filter(({ done }) => !done).map(({ target }) => ({ ...target, ...failure })),
        };
      },
    },
    ListTargets: {
      authorize: mayOn('ListTargets'),
      run: (input: ListTargetsRequest): ListTargetsResponse => {
        const group = find(input);
        const wanted = input.targets === undefined ? null : named(group, input.targets);
        const all = [...group.targets.values()].filter(
          ({ target }) =>
            wanted === null || wanted.some(({ id, port }) => id === target.id && port === target.port),
        );
        const shown = all.map((registration) => ({
          id: registration.target.id,
          ...(group.type !== 'LAMBDA' && { port: registration.target.port }),
          status: health.status(group, registration),
        }));
        return page(shown, input);
      },
    },
  };
}

function isSingle({ type }: TargetGroup): boolean {
  return type === 'LAMBDA' || type === 'ALB';
}

/** A target without a port has the group's. */
function named({ config }: TargetGroup, targets: readonly Target[] | undefined): readonly TargetId[] {
  return (targets ?? []).map(({ id, port }) => {
    if (id === undefined) throw invalid('A target needs an id');
    return { id, port: port ?? config?.port ?? 80 };
  });
}
