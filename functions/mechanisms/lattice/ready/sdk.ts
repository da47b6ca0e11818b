import { GetTargetGroupCommand, type VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';

/** How the targets of a group are asked for their health. */
export interface GroupCheck {
  readonly group: string;
  /** `HTTP /health expecting 200`. Equal text: equal checks. Null: they are not checked. */
  readonly asks: string | null;
}

/** Reads the health check of a target group. What only a check of readiness reads. */
export type ReadChecks = (group: string) => Promise<GroupCheck>;

export function createChecks(client: Pick<VPCLatticeClient, 'send'>): ReadChecks {
  return async (group) => {
    const command = new GetTargetGroupCommand({ targetGroupIdentifier: group });
    const { healthCheck } = (await client.send(command)).config ?? {};
    if (healthCheck?.enabled !== true) return { group, asks: null };
    const { protocol = 'HTTP', path = '/', matcher } = healthCheck;
    return { group, asks: `${protocol} ${path} expecting ${matcher?.httpCode ?? '200'}` };
  };
}
