import { ACCOUNT, REGION } from '../../world/aws.ts';
import type { Access } from '../../world/service.ts';
import { principalArn } from '../callers.ts';

/** The request context: values by condition key, in lower case because names of keys ignore case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/**
 * Returns the global keys of every request of a role. Times and addresses are omitted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function ofEveryRequest(role: string): Readonly<Record<string, string>> {
  return {
    'aws:PrincipalAccount': ACCOUNT,
    'aws:PrincipalArn': principalArn(role),
    'aws:RequestedRegion': REGION,
    'aws:SecureTransport': 'true',
  };
}

/**
 * Global keys that the models set if the action supports them, and the id of the caller's organization: the account has
 * none.
 */
const OF_SOME_REQUESTS = /^aws:(resourcetag\/.+|requesttag\/.+|tagkeys|principalorgid)$/;

/**
 * @throws Error on a global key that AWS may set and the models never do: a condition on it would be decided wrongly
 */
export function refuseUnmodelled(key: string): void {
  const name = key.toLowerCase();
  const always = Object.keys(ofEveryRequest('')).some((known) => known.toLowerCase() === name);
  if (name.startsWith('aws:') && !always && !OF_SOME_REQUESTS.test(name))
    throw new Error(`the condition key ${key} is not modelled`);
}

/**
 * @param supports the condition keys that AWS has for this action; a model's other keys are dropped, as in AWS
 */
export function contextOf(role: string, access: Access, supports: (key: string) => boolean): Context {
  const own = [...tagsOf(access), ...Object.entries(access.conditions ?? {})].filter(([key]) =>
    supports(key),
  );
  const all = [...Object.entries(ofEveryRequest(role)), ...own];
  return new Map(all.map(([key, values]) => [key.toLowerCase(), [values].flat()]));
}

/** Returns the tag keys. Some services have a key of their own beside the global one: `ecs:ResourceTag/…`. */
function tagsOf({ action, tags = {} }: Access): readonly (readonly [string, string])[] {
  const [service = ''] = action.split(':');
  return Object.entries(tags).flatMap(([tag, value]) =>
    ['aws', service].map((prefix) => [`${prefix}:ResourceTag/${tag}`, value] as const),
  );
}
