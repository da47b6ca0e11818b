import type { ReadReserved } from '../../../src/aws/reserved-concurrency.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Traits } from '../../../src/rollback/traits.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Configuration } from './configuration.ts';
import type { AliasName } from '../../../src/targets/kinds/lambda/target.ts';

/** AWS Lambda in the words of Lastgood. Each method is one API call; errors are AWS's own. */
export interface Lambda {
  /** Null: there is no such function or alias. */
  alias(name: AliasName): Promise<Alias | null>;
  /** A published version, or `$LATEST`. Null: it does not exist, or no longer does. */
  version(functionName: string, version: string): Promise<Version | null>;
  /** Reads the function's tags: neither an alias nor a version has tags of its own. */
  tags(functionArn: string): Promise<Tags>;
  /** Reads the status of the alias's provisioned concurrency; null: it has none. */
  provisioned(name: AliasName): Promise<Provisioned | null>;
  readonly reserved: ReadReserved;
  /**
   * Points the alias at one version and clears its weights, if it still has this revision id.
   * @throws PreconditionFailedException, ResourceNotFoundException, ResourceConflictException
   */
  pointAt(name: AliasName, version: string, revisionId: string): Promise<Alias>;
}

export interface Alias extends Configuration {
  readonly functionArn: string;
  /** Changes with every change of the alias; Lambda's optimistic lock. */
  readonly revisionId: string;
}

export interface Version {
  readonly name: string;
  /** Active, Inactive, Pending, Failed …: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
  readonly state: string;
  readonly codeSha256: string;
  /** Equal text: equal code and configuration. Author, time and reason of the publication do not count. */
  readonly content: string;
  /** When it was published; no alias can have named it before. */
  readonly modifiedAt: Instant;
  readonly traits: Traits;
}

export type Provisioned = 'IN_PROGRESS' | 'READY' | 'FAILED';
