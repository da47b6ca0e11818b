/** One call that reached the wire. */
export interface Call {
  /** The virtual instant of the call, ISO 8601. */
  readonly at: string;
  /** The service in the credential scope: `ecs`, `monitoring`. */
  readonly service: string;
  /** The operation's name; empty if the request named none. */
  readonly operation: string;
  /** Empty if no role has the access key. */
  readonly role: string;
  /** The index of the function's invocation that made it, from 0; absent for other callers. */
  readonly invocation?: number;
  /** False if IAM denied the call, or no role has the access key. */
  readonly allowed: boolean;
  /** The IAM actions that the call checked; empty if it failed before. */
  readonly asked: readonly string[];
  /** The error in the answer. A fault of the models has its message too. */
  readonly error?: string;
  /** The shape of the SDK's command; for DynamoDB the wire's shape. Undefined if it could not be read. */
  readonly input: unknown;
}

/** A call that is still being answered. */
export type OpenCall = { -readonly [K in keyof Call]: Call[K] };

/** What a disturbance knows of a call. */
export type Troubled = Pick<Call, 'role' | 'service' | 'operation'>;
