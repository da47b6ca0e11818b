import type { Parameter, ResourceStatus, StackStatus, Tag } from '@aws-sdk/client-cloudformation';
import type { Created, Properties } from './resource-type.ts';
import type { Template } from './template.ts';

/** A resource of a stack. */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  /** The properties with which it was created. */
  properties: Properties;
  /** Null until it was created. */
  created: Created | null;
  /** Null until its creation begins. */
  status: ResourceStatus | null;
  reason: string | undefined;
  changedAt: Date;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Date;
  /** The stack's own name for an event of the stack. */
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly template: Template;
  readonly parameters: readonly Parameter[];
  readonly tags: readonly Tag[];
  /** The role of the principal that called CreateStack. The stack's calls are its own. */
  creator: string;
  readonly createdAt: Date;
  deletedAt: Date | null;
  status: StackStatus;
  reason: string | undefined;
  readonly resources: Map<string, StackResource>;
  outputs: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly events: StackEvent[];
}
