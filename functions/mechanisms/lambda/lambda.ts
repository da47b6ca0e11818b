import type { Tags } from '../../../src/rollback/plan.ts';
import type { Traits } from '../../../src/rollback/traits.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Configuration } from './configuration.ts';
import type { AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/** AWS Lambda in our words. One call of the API each; errors are AWS's own. */
export interface Lambda {
  /** Null: no such function, or no such alias. */
  alias(name: AliasName): Promise<Alias | null>;
  /** A published version, or `$LATEST`. Null: there is none, or not any more. */
  version(functionName: string, version: string): Promise<Version | null>;
  /** Of the function: neither an alias nor a version has tags of its own. */
  tags(functionArn: string): Promise<Tags>;
  /** How the alias's provisioned concurrency stands; null: it has none. */
  provisioned(name: AliasName): Promise<Provisioned | null>;
  /**
   * Points the alias at one version and clears its weights, if it has not changed since it was read as `read`.
   * @throws PreconditionFailedException, ResourceNotFoundException, ResourceConflictException
   */
  pointAt(name: AliasName, version: string, read: Alias): Promise<Alias>;
}

export interface Alias extends Configuration {
  readonly functionArn: string;
  /** Changes whenever the alias does: what Lambda has for an optimistic lock. */
  readonly revisionId: string;
}

export interface Version {
  readonly name: string;
  /** Active, Inactive, Pending, Failed …: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
  readonly state: string;
  readonly codeSha256: string;
  /** Equal text: equal code and configuration. Who published it, when and why is no part of it. */
  readonly content: string;
  /** When it was published; no alias can have pointed at it before. */
  readonly modifiedAt: Instant;
  readonly traits: Traits;
}

export type Provisioned = 'IN_PROGRESS' | 'READY' | 'FAILED';
