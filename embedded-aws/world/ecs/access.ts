import type { Access } from '../service.ts';
import { clusterArn, lastPart, ownerOf, serviceArn, taskSetArn } from './arns.ts';
import type { EcsState } from './state.ts';
import { findService } from './state.ts';

/*
 * The IAM checks of each operation. Actions, resources and condition keys are as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */

type Conditions = Readonly<Record<string, string>>;

/** Checks an action without resource-level permissions. */
export function onAll(action: string, conditions: Conditions = {}): Access {
  return { action: `ecs:${action}`, resource: '*', conditions };
}

export function onCluster(ecs: EcsState, action: string, cluster = 'default'): Access {
  const arn = clusterArn(lastPart(cluster));
  return { action: `ecs:${action}`, resource: arn, tags: ecs.clusters.get(arn)?.tags ?? {} };
}

/** Checks a service and its tags. A service that does not exist has no tags, so a policy that requires one denies. */
export function onService(
  ecs: EcsState,
  action: string,
  {
    cluster = 'default',
    service = '',
  }: { readonly cluster?: string | undefined; readonly service?: string | undefined },
  conditions: Conditions = {},
): Access {
  return {
    action: `ecs:${action}`,
    resource: serviceArn(lastPart(cluster), lastPart(service)),
    tags: findService(ecs, cluster, service)?.tags ?? {},
    conditions: { 'ecs:cluster': clusterArn(lastPart(cluster)), ...conditions },
  };
}

/** Checks a task set by its id or ARN. A task set that does not exist (yet) has no tags. */
export function onTaskSet(
  ecs: EcsState,
  action: string,
  {
    cluster = 'default',
    service = '',
    taskSet = '*',
  }: {
    readonly cluster?: string | undefined;
    readonly service?: string | undefined;
    readonly taskSet?: string | undefined;
  },
  conditions: Conditions = {},
): Access {
  const [inCluster, name] = [lastPart(cluster), lastPart(service)];
  const found = findService(ecs, cluster, service)?.taskSets.find(
    ({ arn, id }) => arn === taskSet || id === taskSet,
  );
  const named = taskSet.startsWith('arn:') ? taskSet : taskSetArn(inCluster, name, taskSet);
  return {
    action: `ecs:${action}`,
    resource: found?.arn ?? named,
    tags: found?.tags ?? {},
    conditions: {
      'ecs:cluster': clusterArn(inCluster),
      'ecs:service': serviceArn(inCluster, name),
      ...conditions,
    },
  };
}

/**
 * Checks service deployments and service revisions. Two resources are required: the service, and the resource itself,
 * which has no tags of its own.
 */
export function onServicePart(ecs: EcsState, action: string, resource: string): readonly Access[] {
  const owner = ownerOf(resource);
  if (owner === null) return [{ action: `ecs:${action}`, resource }];
  const conditions = {
    'ecs:cluster': clusterArn(owner.cluster),
    'ecs:service': serviceArn(owner.cluster, owner.service),
  };
  return [onService(ecs, action, owner), { action: `ecs:${action}`, resource, tags: {}, conditions }];
}
