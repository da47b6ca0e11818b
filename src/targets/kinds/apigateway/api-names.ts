import type { ApiNames } from '../../../aws/rest-apis.ts';

/**
 * Returns the name of an API as metrics have it: without the characters that are not ASCII.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function dimensionOf(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '');
}

/** Returns the ids of the APIs that a metric's `ApiName` may mean. Several APIs may have one name. */
export function idsNamed(names: ApiNames, apiName: string): readonly string[] {
  return [...names].flatMap(([id, name]) => (dimensionOf(name) === apiName ? [id] : []));
}

/** Returns the dimension that only this API has. Null: its name is not known, or another API has the same. */
export function ownDimension(names: ApiNames, id: string): string | null {
  const name = names.get(id);
  if (name === undefined) return null;
  const dimension = dimensionOf(name);
  return idsNamed(names, dimension).length === 1 ? dimension : null;
}
