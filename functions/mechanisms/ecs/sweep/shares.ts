import type { Share } from '../../../../src/targets/kind.ts';

/**
 * The sweep's shares of the buckets of ECS, which refill by 20 a second: 1,200 a minute.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */

/** DescribeServices by ten: 1,200 services a minute. */
export const PAGES: Share = { quota: 'ecs service read', callsPerMinute: 120 };

/** DescribeServices by ten, for the services whose revisions may be proven. */
export const PROOFS: Share = { quota: 'ecs service read', callsPerMinute: 60 };

/** ListServiceDeployments, where the running revisions do not show what a deployment deployed. */
export const LISTS: Share = { quota: 'ecs service deployment read', callsPerMinute: 120 };

/**
 * DescribeServiceDeployments, before a deployment counts as stalled: one at most for each service whose tasks are read,
 * which takes two calls of TASKS.
 */
export const STALLS: Share = { quota: 'ecs service deployment read', callsPerMinute: 120 };

/** DescribeServiceRevisions by twenty. */
export const REVISIONS: Share = { quota: 'ecs service revision read', callsPerMinute: 120 };

/** DescribeTaskDefinition, to compare with condemned content. */
export const DEFINITIONS: Share = { quota: 'ecs task definition read', callsPerMinute: 120 };

/** ListTasks and DescribeTasks of services with a rollout in flight. */
export const TASKS: Share = { quota: 'ecs cluster resource read', callsPerMinute: 240 };

/**
 * GetDeployment, for a task set that a failed deployment may have left. AWS publishes no rate.
 * Unknown: codedeploy-request-rates.
 */
export const LEFT_OVERS: Share = { quota: 'codedeploy read', callsPerMinute: 30 };
