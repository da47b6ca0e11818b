import type {
  OperationType,
  Parameter,
  ResourceStatus,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Created, Properties } from './resource-type.ts';
import type { Template } from './template.ts';

/** A resource of a stack. */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  /** The properties with which it was created or last updated. */
  properties: Properties;
  /** Null until it was created. */
  created: Created | null;
  /** Null until its creation begins. */
  status: ResourceStatus | null;
  reason: string | undefined;
  changedAt: Date;
}

/** The parts of a stack that an update replaces. */
export interface Configuration {
  template: Template;
  parameters: readonly Parameter[];
}

/** A creation or an update of a stack. */
export interface Operation {
  readonly type: OperationType;
  readonly id: string;
  /** Of its request. */
  readonly token: string | undefined;
}

/** A resource that a replacement has left. It is deleted when the update has ended. */
export interface Obsolete {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly created: Created;
}

/** The update that runs, or that is rolled back. */
export interface Update {
  /** The configuration to which a rollback goes back. */
  readonly stable: Configuration;
  /** The resources that are not looked at yet. */
  readonly pending: Set<string>;
  /** The resources that it has changed, as they were. */
  readonly before: Map<string, Pick<Obsolete, 'properties' | 'created'>>;
  obsolete: readonly Obsolete[];
  /** Milliseconds for which it goes on after its last resource. */
  readonly monitoring: number;
  /** When that time ends, in milliseconds since the epoch. Null: resources are still changed. */
  monitoredUntil: number | null;
}

export interface StackEvent {
  readonly id: string;
  readonly operation: Operation;
  readonly at: Date;
  /** The stack's own name for an event of the stack. */
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
}

export interface Stack extends Configuration {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly Tag[];
  /** The role of the principal that called CreateStack. The stack's calls are its own. */
  creator: string;
  readonly createdAt: Date;
  updatedAt: Date | null;
  deletedAt: Date | null;
  status: StackStatus;
  reason: string | undefined;
  /** The newest. */
  operation: Operation;
  /** Null until the first update. */
  update: Update | null;
  monitoringMinutes: number;
  readonly resources: Map<string, StackResource>;
  outputs: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly events: StackEvent[];
}
