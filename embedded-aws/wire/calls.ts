/** One call that reached the wire. */
export interface Call {
  /** The virtual instant at which it happened, ISO 8601. */
  readonly at: string;
  /** The service in the credential scope: `ecs`, `monitoring`. */
  readonly service: string;
  /** The operation's name; empty when the request named none. */
  readonly operation: string;
  /** Empty when the access key is nobody's. */
  readonly role: string;
  /** Which invocation of a function made it, counted from 0; absent: none did. */
  readonly invocation?: number;
  /** False when IAM said no, or the access key is nobody's. */
  readonly allowed: boolean;
  /** The IAM actions that it asked for; empty when it came to nothing before. */
  readonly asked: readonly string[];
  /** The error it was answered with; a fault of our own models has its message too. */
  readonly error?: string;
  /** In the shape of the SDK's command; for DynamoDB as it is on the wire. Undefined when it could not be read. */
  readonly input: unknown;
}

/** What is learnt of a call while it is answered. */
export type OpenCall = { -readonly [K in keyof Call]: Call[K] };
