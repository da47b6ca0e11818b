import type { Bucket } from '../service.ts';

/**
 * Rate limits an account and Region, tokens refilling by the second.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
function bucket(name: string, burst: number, perSecond: number): Bucket {
  return { name: `ecs ${name}`, burst, perSecond, error: 'ThrottlingException' };
}

export const SERVICE_MODIFY = bucket('service modify', 50, 5);
export const SERVICE_READ = bucket('service read', 100, 20);
export const SERVICE_DEPLOYMENT_READ = bucket('service deployment read', 50, 20);
export const SERVICE_REVISION_READ = bucket('service revision read', 50, 20);
export const TASK_DEFINITION_MODIFY = bucket('task definition modify', 20, 1);
export const TASK_DEFINITION_READ = bucket('task definition read', 50, 20);
export const TASK_READ = bucket('cluster resource read', 100, 20);
