import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import type { Instant } from '../../../../src/rollback/request.ts';
import { isInFlight } from '../status.ts';

/** The lifecycle stages of a service deployment, and the pauses at which it waits for an answer. */
export interface Stages {
  /** Null: ECS does not know the deployment, or it failed or is being rolled back, so its stages say nothing more. */
  of(deployment: string): Promise<AtStage | null>;
  /** ContinueServiceDeployment with CONTINUE, at a hook that waits for an answer. */
  goOn(deployment: string, hook: string): Promise<void>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
export interface AtStage {
  /** `POST_TEST_TRAFFIC_SHIFT`; empty: ECS shows none. */
  readonly stage: string;
  /** The hook that waits for an answer. Null: none does. */
  readonly hook: { readonly id: string; readonly endsAt: Instant | null } | null;
  /** Whether the new revision takes traffic of users. */
  readonly takesUsers: boolean;
  /** Whether the new revision takes all traffic of the test listener. */
  readonly takesTests: boolean;
}

export function createStages(client: Pick<ECSClient, 'send'>): Stages {
  return {
    of: async (deployment) => {
      const input = { serviceDeploymentArns: [deployment] };
      const { serviceDeployments = [] } = await client.send(new DescribeServiceDeploymentsCommand(input));
      const [found] = serviceDeployments;
      if (found === undefined) return null;
      const { status = 'IN_PROGRESS', lifecycleStage = '', lifecycleHookDetails = [] } = found;
      if (!isInFlight(status) && status !== 'SUCCESSFUL') return null;
      const { targetServiceRevision = {} } = found;
      const waiting = lifecycleHookDetails.find(({ status }) => status === 'AWAITING_ACTION');
      // Rolling deployments have no weights: their tasks take traffic from the start. Unknown: production-weight.
      const { requestedProductionTrafficWeight: users = 100, requestedTestTrafficWeight: tests = 0 } =
        targetServiceRevision;
      return {
        stage: lifecycleStage,
        hook:
          waiting?.hookId === undefined
            ? null
            : { id: waiting.hookId, endsAt: waiting.expiresAt?.toISOString() ?? null },
        takesUsers: users > 0,
        takesTests: tests === 100,
      };
    },
    goOn: async (deployment, hook) => {
      const input = { serviceDeploymentArn: deployment, hookId: hook, action: 'CONTINUE' as const };
      await client.send(new ContinueServiceDeploymentCommand(input));
    },
  };
}
