import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Setup } from '../../../../src/aws/code-deploy/setup.ts';
import type { Group } from '../code-deploy/code-deploy.ts';
import type { Registry } from '../images.ts';
import type { Balancer } from '../traffic/balancer.ts';

/** What an examination reads besides what a plan reads, in AWS's own shapes. Read only, but for a preview. */
export interface ReadyReads {
  /** Null: there is no such service. */
  service(target: string): Promise<Service | null>;
  /** Null: ECS does not know it, or no longer does. */
  definition(arn: string): Promise<TaskDefinition | null>;
  groups(arns: readonly string[]): Promise<readonly GroupTimes[]>;
  readonly forwardings: Balancer['forwardings'];
  /** Reads the settings of the deployment group with which CodeDeploy deploys the service. */
  setup(group: Group): Promise<Setup>;
  readonly images: ImageReads;
}

/** How long a target group lets a target drain, and takes to call it unhealthy. */
export interface GroupTimes {
  readonly arn: string;
  readonly name: string;
  /** Seconds in which requests in flight may end. */
  readonly drainSeconds: number;
  /** Seconds until a target counts as unhealthy. */
  readonly unhealthySeconds: number;
}

export interface ImageReads {
  readonly registry: Registry;
  /** Returns the digests that the lifecycle policy of a repository is about to expire; empty without a policy. */
  expiring(place: Repository): Promise<ReadonlySet<string>>;
  /** Returns how many vulnerabilities of each severity a scan found; null: the image was never scanned. */
  vulnerabilities(place: Repository, digest: string): Promise<Readonly<Record<string, number>> | null>;
}

export interface Repository {
  readonly account: string;
  readonly repository: string;
}
