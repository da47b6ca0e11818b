import { isDeepStrictEqual } from 'node:util';

/** The resolved properties of a resource in a template. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Calls an operation of a service as the principal that created or deletes the stack.
 * @throws AwsError of the service, or of IAM
 */
export type Call = <Output>(service: string, operation: string, input: object) => Promise<Output>;

/** What a template's `Ref` and `Fn::GetAtt` return. `ref` is the resource's physical id. */
export interface Created {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A resource to create. */
export interface Making {
  readonly properties: Properties;
  /** The name if the template gives none, at most 32 characters long. */
  readonly name: string;
  readonly call: Call;
}

/** A resource that exists. */
export interface Made extends Created {
  readonly properties: Properties;
  readonly call: Call;
}

/**
 * One type of a template's resources. It calls the operations that the type's handler calls:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
export interface ResourceType {
  /** The form in which the type takes tags; absent if it takes none. */
  readonly tags?: 'list' | 'map' | 'propagated';
  create(making: Making): Promise<Created>;
  /** The properties whose change replaces it. Absent: none does. */
  readonly replacedBy?: readonly string[];
  /**
   * Changes it to other properties. Absent: that is not modelled.
   * @throws Error for a property whose change is not modelled
   */
  update?(made: Made, wanted: Properties): Promise<unknown>;
  /**
   * Returns whether it is stable: dependent resources wait for it. Absent: it is, once created.
   * @throws Error when it can no longer become so
   */
  isStable?(made: Made): Promise<boolean>;
  delete(made: Made): Promise<unknown>;
  /** Returns whether its deletion is over. Absent: it is, once deleted. */
  isGone?(made: Made): Promise<boolean>;
}

export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the names of the properties that differ. */
export function changedIn(before: Properties, after: Properties): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** @throws Error where other properties than these differ */
export function onlyThese(names: readonly string[], before: Properties, after: Properties): void {
  const other = changedIn(before, after).find((name) => !names.includes(name));
  if (other !== undefined) throw new Error(`an update of ${other} is not modelled here`);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Returns the given name, or the generated one. */
export function nameIn({ properties, name }: Making, key: string): string {
  return textOf(properties[key]) || name;
}
