import type {
  ContainerDefinition,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';
import { whole } from '../whole.ts';

/** Behaviour of a good release: most minutes have no 5xx. Faults are given as differences from it. */
export const GOOD: Behaviour = { startSeconds: 20, health: 'passes', errorRate: 0.0001, latency: 0.08 };

/** Returns a whole behaviour. */
export function completed(behaviour: Partial<Behaviour>): Behaviour {
  return whole(GOOD, behaviour);
}

export interface ReleaseOptions {
  /** Registers the task definition for an image that was never pushed. */
  readonly imageMissing?: boolean;
  /** Registers the image of an earlier release anew, as a pipeline does when it runs again for the same commit. */
  readonly imageOf?: string;
  /** Names the image by `latest` and opts out of version consistency: each task pulls the image of that moment. */
  readonly unpinned?: boolean;
  /** Names the image by its digest. */
  readonly byDigest?: boolean;
  /** Pushes the image under this tag, which leads away from the image before; the release's name, unless this is set. */
  readonly tag?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Sends the container's log to a group of CloudWatch Logs, which exists. */
  readonly logGroup?: string;
  /** Secrets and parameters that the container reads at its start, by the names of its variables. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Other settings of the container. */
  readonly container?: Partial<ContainerDefinition>;
  /** Other settings of the task definition. */
  readonly definition?: Partial<RegisterTaskDefinitionRequest>;
  /** Takes the image from a public registry, under this name. */
  readonly public?: string;
}

/** Pushes an image and registers a task definition for it. Returns its ARN. */
export function register(stage: Stage, name: string, behaviour: Behaviour, how: ReleaseOptions = {}): string {
  const image = imageOf(stage, name, behaviour, how);
  const definition: RegisterTaskDefinitionRequest = {
    family: 'checkout',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/checkout`,
    // A name is enough for a role of the same account.
    executionRoleArn: 'checkout-execution',
    containerDefinitions: [
      {
        name: 'checkout',
        image,
        essential: true,
        portMappings: [{ containerPort: 8080 }],
        // Never shown, though it differs from release to release.
        environment: [
          { name: 'PASSWORD', value: `${SECRET_MARK} of ${how.imageOf ?? name}` },
          ...pairs(how.environment).map(([key, value]) => ({ name: key, value })),
        ],
        ...loggingOf(stage, how),
        ...(how.secrets && {
          secrets: pairs(how.secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })),
        }),
        ...(how.unpinned && { versionConsistency: 'disabled' }),
        ...how.container,
      },
    ],
    ...how.definition,
    tags: Object.entries(how.tags ?? {}).map(([key, value]) => ({ key, value })),
  };
  const { taskDefinition } = stage.call<RegisterTaskDefinitionResponse>(
    'ecs',
    'RegisterTaskDefinition',
    definition,
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

function pairs(record: Readonly<Record<string, string>> = {}): readonly (readonly [string, string])[] {
  return Object.entries(record);
}

function loggingOf(
  stage: Stage,
  { logGroup }: ReleaseOptions,
): Pick<ContainerDefinition, 'logConfiguration'> {
  if (logGroup === undefined) return {};
  stage.world.logs.createGroup(logGroup);
  const options = {
    'awslogs-group': logGroup,
    'awslogs-region': 'eu-west-1',
    'awslogs-stream-prefix': 'app',
  };
  return { logConfiguration: { logDriver: 'awslogs', options } };
}

function imageOf(stage: Stage, name: string, behaviour: Behaviour, how: ReleaseOptions): string {
  const { imageMissing = false, imageOf: earlier, unpinned = false, byDigest = false, tag } = how;
  const { public: published } = how;
  if (published !== undefined) {
    stage.world.ecr.publish(published, behaviour);
    return published;
  }
  if (imageMissing || earlier !== undefined)
    return `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/checkout:${earlier ?? name}`;
  const { uri, digest } = stage.world.ecr.push('checkout', tag ?? (unpinned ? 'latest' : name), behaviour);
  return byDigest ? `${uri.replace(/:[^:/]*$/, '')}@${digest}` : uri;
}
