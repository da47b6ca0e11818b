import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { StageName } from '../../../src/targets/kinds/apigateway/target.ts';
import type { Configuration } from './configuration.ts';
import type { Variables } from './side.ts';

/** API Gateway in the words of Lastgood. Each method is one API call, or one a page. Errors are AWS's own. */
export interface Gateway {
  /** Null: there is no such REST API or stage. */
  stage(name: StageName): Promise<Stage | null>;
  /** Returns all stages of an API. Null: there is no such REST API. */
  stages(api: string): Promise<readonly NamedStage[] | null>;
  /** Returns the deployments of an API that still exist, by id. */
  deployments(api: string): Promise<Deployments>;
  /**
   * Changes a stage, and returns it as it is then.
   * @throws BadRequestException, NotFoundException, ConflictException
   */
  patch(name: StageName, changes: readonly Change[]): Promise<Stage>;
}

export interface Stage extends Configuration {
  /** Variables of the stage itself. */
  readonly variables: Variables;
  /** True also for a canary that takes no requests, or that does not differ from the stage. */
  readonly hasCanary: boolean;
  readonly tags: Tags;
}

export interface NamedStage extends Stage {
  readonly name: string;
}

export interface Deployment {
  readonly createdAt: Instant;
  readonly description: string;
}

export type Deployments = ReadonlyMap<string, Deployment>;

/** One patch operation of UpdateStage. */
export type Change =
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'replace'; readonly path: string; readonly value: string };
