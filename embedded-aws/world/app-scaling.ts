import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  RegisterScalableTargetRequest,
  ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { arn } from './aws.ts';
import { AwsError, honouring, limited, type AwsService } from './service.ts';

/**
 * Simulates Application Auto Scaling: the limits of services. It scales nothing, because no policies are modelled.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/
 */
export function createAppScaling(): AwsService {
  const targets = new Map<string, ScalableTarget>();
  return {
    signingName: 'application-autoscaling',
    honoured: honouring({
      DescribeScalableTargets: 'ServiceNamespace ResourceIds ScalableDimension',
      RegisterScalableTarget: 'ServiceNamespace ResourceId ScalableDimension MinCapacity MaxCapacity',
    }),
    operations: limited(
      {
        // No resource-level permissions (Service Authorization Reference, Application Auto Scaling).
        DescribeScalableTargets: {
          authorize: () => [{ action: 'application-autoscaling:DescribeScalableTargets', resource: '*' }],
          run: (input: DescribeScalableTargetsRequest) => describe(targets, input),
        },
        RegisterScalableTarget: {
          authorize: ({ ServiceNamespace }: RegisterScalableTargetRequest) => [
            {
              action: 'application-autoscaling:RegisterScalableTarget',
              resource: arn('application-autoscaling', 'scalable-target/*'),
              conditions: { 'application-autoscaling:service-namespace': ServiceNamespace ?? '' },
            },
          ],
          run: (input: RegisterScalableTargetRequest) => register(targets, input),
        },
      },
      // AWS publishes no rate; assumed are those of Amazon EC2 Auto Scaling. Unknown: application-autoscaling-rates.
      (name) => ({
        name: `application-autoscaling ${name}`,
        burst: 100,
        perSecond: 20,
        error: 'ThrottlingException',
      }),
    ),
  };
}

function describe(
  targets: ReadonlyMap<string, ScalableTarget>,
  { ServiceNamespace, ResourceIds, ScalableDimension }: DescribeScalableTargetsRequest,
): DescribeScalableTargetsResponse {
  const ScalableTargets = [...targets.values()].filter(
    (one) =>
      one.ServiceNamespace === ServiceNamespace &&
      (ResourceIds?.includes(one.ResourceId ?? '') ?? true) &&
      (ScalableDimension === undefined || one.ScalableDimension === ScalableDimension),
  );
  return { ScalableTargets };
}

/**
 * Registers a target, or changes limits of one. Both limits are required for a new one.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 */
function register(targets: Map<string, ScalableTarget>, input: RegisterScalableTargetRequest) {
  const { ServiceNamespace, ResourceId = '', ScalableDimension } = input;
  const key = [ServiceNamespace, ResourceId, ScalableDimension].join(' ');
  const known = targets.get(key);
  const MinCapacity = input.MinCapacity ?? known?.MinCapacity;
  const MaxCapacity = input.MaxCapacity ?? known?.MaxCapacity;
  if (MinCapacity === undefined || MaxCapacity === undefined || MinCapacity > MaxCapacity)
    throw new AwsError('ValidationException', 'Minimum and maximum capacity are required, in this order.');
  const RoleARN =
    'arn:aws:iam::111122223333:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService';
  const common = { ServiceNamespace, ResourceId, ScalableDimension, MinCapacity, MaxCapacity, RoleARN };
  targets.set(key, { ...common, CreationTime: known?.CreationTime ?? new Date(0) });
  return {};
}
