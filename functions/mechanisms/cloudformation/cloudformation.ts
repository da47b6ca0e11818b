import type { Tags } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';

/** AWS CloudFormation in the words of Lastgood. Errors are AWS's own. */
export interface CloudFormation {
  /** Null: there is no such stack. */
  stack(nameOrId: string): Promise<Stack | null>;
  /**
   * Reads the events of a stack, newest first, page by page until there are enough. Stops after MAX_PAGES.
   * @param isEnough says so of those that were read so far
   */
  events(
    stackId: string,
    isEnough: (events: readonly StackEvent[]) => boolean,
  ): Promise<readonly StackEvent[]>;
  /** Returns the present template. */
  template(stackId: string): Promise<string>;
  /** CancelUpdateStack. @throws TokenAlreadyExistsException, and ValidationError in any other status */
  cancel(stackId: string, token: string): Promise<void>;
  /** RollbackStack, with the role that the stack stores. @throws as `cancel` */
  rollBack(stackId: string, token: string): Promise<void>;
  /** ContinueUpdateRollback, which skips no resource. @throws as `cancel` */
  carryOn(stackId: string, token: string): Promise<void>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** `UPDATE_IN_PROGRESS` */
  readonly status: string;
  readonly reason: string;
  /** When the last update began; null: it was never updated. */
  readonly updatedAt: Instant | null;
  readonly tags: Tags;
  /** Values by name. CloudFormation masks those with NoEcho. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The service role that the stack stores; null: CloudFormation takes the credentials of its callers. */
  readonly role: string | null;
  readonly isExpress: boolean;
  /** A failed update stays where it failed. */
  readonly keepsFailed: boolean;
  /** Id of the root stack, if this one is nested; null: it is a root stack. */
  readonly root: string | null;
  /** Names of the alarms that roll an update back. */
  readonly alarms: readonly string[];
  readonly monitoringMinutes: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export interface StackEvent {
  readonly id: string;
  readonly at: Instant;
  /** True for an event of the stack itself. */
  readonly isOfStack: boolean;
  readonly logicalId: string;
  /** `AWS::Lambda::Alias` */
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** Null: the operation had none. */
  readonly token: string | null;
  /** Null: AWS did not name operations yet. */
  readonly operation: string | null;
}
