import { arn } from '../aws.ts';
import type { Access } from '../service.ts';
import type { Repositories } from './repositories.ts';

/** Checks one repository. The tags are empty if it does not exist. */
export function repositoryAccess(repositories: Repositories, action: string, name: string): Access {
  const tags = repositories.find(name)?.tags ?? {};
  return { action: `ecr:${action}`, resource: arn('ecr', `repository/${name}`), tags };
}
