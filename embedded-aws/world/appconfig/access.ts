import type { Access } from '../service.ts';
import { applicationArn, deploymentArn, environmentArn, profileArn } from './names.ts';
import type { AppConfigState, Ids } from './state.ts';

/*
 * The IAM checks of each operation. Most need every resource that the call names, each with its own tags.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
 */

/** Checks an action without resource-level permissions. */
export function onAll(action: string): readonly Access[] {
  return [{ action: `appconfig:${action}`, resource: '*' }];
}

/** Checks one resource by its ARN. One that does not exist has no tags, so a policy that requires one denies. */
export function onArn({ tags }: AppConfigState, action: string, resource: string): Access {
  return { action: `appconfig:${action}`, resource, tags: tags.get(resource) ?? {} };
}

type Part = (ids: Ids) => string;

const PARTS: Readonly<Record<'application' | 'environment' | 'profile' | 'deployment', Part>> = {
  application: applicationArn,
  environment: environmentArn,
  profile: profileArn,
  deployment: deploymentArn,
};

/** Returns the checks of an action on these resources. */
export function on(state: AppConfigState, action: string, ...parts: readonly (keyof typeof PARTS)[]) {
  return (ids: Ids): readonly Access[] => parts.map((part) => onArn(state, action, PARTS[part](ids)));
}
