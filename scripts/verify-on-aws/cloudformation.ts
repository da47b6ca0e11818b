/** The pieces of a CloudFormation template, as objects. */

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string;
}

/** Resources by their logical ids. */
export type Resources = Readonly<Record<string, Resource>>;

export function ref(id: string): object {
  return { Ref: id };
}

export function attribute(id: string, name: string): object {
  return { 'Fn::GetAtt': [id, name] };
}

/** Returns a text with `${Id}` and `${Id.Attribute}` in it. */
export function text(template: string): object {
  return { 'Fn::Sub': template };
}

export function tagList(tags: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Converts an input of the ECS API to properties, whose names differ only in the first letter. */
export function raised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(raised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), raised(item)]),
  );
}
