/** An AWS error in a service's answer. `code` is the error's name in the service's API reference. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One IAM check: may the caller do this to that? */
export interface Access {
  /** The action, as in the Service Authorization Reference: `ecs:UpdateService`. */
  readonly action: string;
  /** An ARN, or `*` if the action has no resource-level permissions. */
  readonly resource: string;
  /** The resource's tags, for `aws:ResourceTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Further condition keys: `ecs:cluster`, `dynamodb:LeadingKeys`. */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  /** The service's own error if it is denied. Absent: IAM's words. */
  readonly refusal?: AwsError;
}

/** A rate limit: tokens refill at `perSecond` up to `burst`. Operations with the same name share it. */
export interface Bucket {
  readonly name: string;
  readonly burst: number;
  readonly perSecond: number;
  /** The service's error if the bucket is empty. */
  readonly error: string;
}

/** One API operation. Input and output have the shapes of the SDK's command. */
export interface Operation {
  authorize(input: never): readonly Access[];
  run(input: never, caller: Caller): unknown;
  readonly bucket?: Bucket;
}

/** Returns the operations with their rate limits, by their names. An operation's own limit stays. */
export function limited(
  operations: Readonly<Record<string, Operation>>,
  bucketOf: (name: string) => Bucket,
): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, { bucket: bucketOf(name), ...operation }]),
  );
}

/** Returns whether an operation changes nothing, by its name. */
export function isRead(name: string): boolean {
  return /^(BatchGet|Describe|Get|List|Lookup)/.test(name);
}

export interface Caller {
  /** Name of the role, or `operator` for the person at the keyboard, who has every permission. */
  readonly role: string;
  /** The Region in the scope of the signature; absent for the world's own. */
  readonly region?: string;
}

/** The members of each operation's input that the model honours, by the operation's name. */
export type Honoured = Readonly<Record<string, readonly string[]>>;

/** A service of the embedded AWS, as the wire calls it. */
export interface AwsService {
  /** The name in the credential scope of a signature: `ecs`, `elasticloadbalancing`, `monitoring`. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /**
   * The wire refuses any other member of an input, because the model would drop it. Absent: every member is honoured.
   */
  readonly honoured?: Honoured;
}

/** Reads lists of names, which are separated by spaces or lines. */
export function honouring(lists: Readonly<Record<string, string>>): Honoured {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.match(/\S+/g) ?? []]));
}
