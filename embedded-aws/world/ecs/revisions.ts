import type { ContainerImage, LoadBalancer } from '@aws-sdk/client-ecs';
import { serviceRevisionArn } from './arns.ts';
import type { Attachment, Revision, Service, Workload } from './model.ts';
import { now, type EcsState } from './state.ts';

/**
 * Captures a service's workload as a new revision. Every deployment creates one, a forced deployment too; a rollback
 * creates none. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export function createRevision(ecs: EcsState, service: Service, workload: Workload): Revision {
  const revision: Revision = {
    arn: serviceRevisionArn(service.cluster.name, service.name, ecs.ids.revision()),
    createdAt: now(ecs),
    workload,
    containerImages: resolveImages(ecs, workload),
    attachments: (workload.loadBalancers ?? []).map((one) => attach(service, one)),
  };
  service.revisions.push(revision);
  return revision;
}

/**
 * Resolves tags to digests once per deployment, unless a container opts out. An image that cannot be resolved stays as
 * it is, and its tasks fail to pull it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability
 * and `versionConsistency` in https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function resolveImages(ecs: EcsState, { taskDefinition }: Workload): readonly ContainerImage[] {
  return (taskDefinition.registered.containerDefinitions ?? []).map(
    ({ name = '', image = '', versionConsistency }) => {
      const imageDigest = versionConsistency === 'disabled' ? undefined : ecs.images.resolve(image)?.digest;
      return { containerName: name, image, ...(imageDigest !== undefined && { imageDigest }) };
    },
  );
}

/**
 * Returns the target group of the next revision. Blue/green deployments alternate between two.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
function attach(service: Service, loadBalancer: LoadBalancer): Attachment {
  const { targetGroupArn = '', containerName = '', containerPort = 0, advancedConfiguration } = loadBalancer;
  const alternate = advancedConfiguration?.alternateTargetGroupArn;
  const inUse = inProduction(service).some((one) => one.targetGroupArn === targetGroupArn);
  const chosen = alternate !== undefined && inUse && isShifted(service) ? alternate : targetGroupArn;
  return { targetGroupArn: chosen, containerName, containerPort };
}

function inProduction(service: Service): readonly Attachment[] {
  return (
    service.rollouts.find(({ rolloutState }) => rolloutState === 'COMPLETED')?.revision.attachments ?? []
  );
}

/** Returns whether deployments shift traffic between two revisions. Rolling ones do not. */
function isShifted({ configuration }: Service): boolean {
  return (configuration.strategy ?? 'ROLLING') !== 'ROLLING';
}
