import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { LATTICE } from '../../../../src/readiness/ids/lattice.ts';
import { partOf, type Behind } from '../capacity.ts';
import { groupsIn, nameOf, type Names, type Share, type Split } from '../split.ts';

const find = findIn(LATTICE);

interface Facts {
  readonly attached: readonly Share[];
  readonly behind: Behind;
  readonly needed: number | null;
  readonly names: Names;
}

/** Looks at a target group that is to get traffic again. The plan blocks for the same reasons. */
export function ofSide(
  share: Share,
  to: Split,
  { attached, behind, needed, names }: Facts,
): readonly Finding[] {
  const { group } = share;
  const name = nameOf(group, names);
  const targets = behind.get(group) ?? null;
  if (!groupsIn(attached).includes(group))
    return [
      find(
        'side-detached',
        `Target group ${name}, the way back now, is not among those of the listener or rule, so VPC Lattice may not check its health.`,
        'Keep it attached with weight 0: let the pipeline set weights, and remove no target group.',
      ),
    ];
  const { healthy = 0, registered = 0, unchecked = 0 } = targets ?? {};
  if (unchecked > 0)
    return [
      find(
        'side-unchecked',
        `VPC Lattice does not check ${unchecked} of ${registered} targets of ${name}, the way back now, so it gets no traffic.`,
        'Enable health checks of the target group. For a function, roll back its alias; for a load balancer, its listener.',
      ),
    ];
  const wanted = partOf(to, share, needed, behind);
  if (healthy >= wanted) return [];
  return [
    find(
      'side-unhealthy',
      `Target group ${name}, the way back now, has ${healthy} healthy targets of ${wanted} needed, so it gets no traffic.`,
      `Read why its targets are unhealthy: aws vpc-lattice list-targets --target-group-identifier ${group}. Keep the old side at full size until the release is proven.`,
    ),
  ];
}
