import { arn } from '../aws.ts';
import type { Access } from '../service.ts';
import { idIn, tagsOf, type LatticeState } from './state.ts';

/** Builds an ARN, such as `…:service/svc-1/listener/listener-1/rule/rule-1`. */
export function latticeArn(...path: readonly string[]): string {
  return arn('vpc-lattice', path.join('/'));
}

export const serviceArn = (service: string | undefined): string => latticeArn('service', idIn(service));

export const listenerArn = (service: string | undefined, listener: string | undefined): string =>
  latticeArn('service', idIn(service), 'listener', idIn(listener));

export const ruleArn = (
  service: string | undefined,
  listener: string | undefined,
  rule: string | undefined,
): string => `${listenerArn(service, listener)}/rule/${idIn(rule)}`;

export const targetGroupArn = (group: string | undefined): string => latticeArn('targetgroup', idIn(group));

export const networkArn = (network: string | undefined): string =>
  latticeArn('servicenetwork', idIn(network));

export const associationArn = (other: 'service' | 'vpc', association: string | undefined): string =>
  latticeArn(`servicenetwork${other}association`, idIn(association));

/** Returns what IAM is asked when a resource is created: with tags, TagResource too. */
export function onNew(
  state: LatticeState,
  action: string,
  resource: string,
  { tags = {} }: { readonly tags?: Readonly<Record<string, string>> | undefined },
  conditions: Access['conditions'] = {},
): readonly Access[] {
  const isTagged = Object.keys(tags).length > 0;
  return [
    ...onOne(state, action, resource, conditions),
    ...(isTagged ? [{ action: 'vpc-lattice:TagResource', resource }] : []),
  ];
}

/** Returns what IAM is asked about one resource, with its tags. Those of its parent do not count. */
export function onOne(
  state: LatticeState,
  action: string,
  resource: string,
  conditions: Access['conditions'] = {},
): readonly Access[] {
  return [{ action: `vpc-lattice:${action}`, resource, tags: tagsOf(state, resource), conditions }];
}

/** Returns what IAM is asked for an action without resource-level permissions (Service Authorization Reference). */
export function onAll(action: string): () => readonly Access[] {
  return () => [{ action: `vpc-lattice:${action}`, resource: '*' }];
}
