import type {
  Stack as StackAnswer,
  StackEvent as EventAnswer,
  StackResource as ResourceAnswer,
} from '@aws-sdk/client-cloudformation';
import type { Described } from '../../world/cloudformation/model.ts';
import type { Stack, StackEvent, StackResource } from './stack.ts';

/** Returns a stack as the world's CloudFormation lists it. */
/** @param cancel cancels its update */
export function describedOf(stack: Stack, cancel: Described['cancel']): Described {
  const { id, name } = stack;
  return {
    id,
    name,
    isDeleted: stack.status === 'DELETE_COMPLETE',
    tags: Object.fromEntries(stack.tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    describe: () => describeStack(stack),
    events: () => stack.events.map((event) => describeEvent(stack, event)).toReversed(),
    resources: () => {
      const begun = [...stack.resources.values()].filter(({ status }) => status !== null);
      return begun.map((resource) => describeResource(stack, resource));
    },
    // Unknown: stack-during-update. Assumed: template and parameters are those of the update that runs.
    template: () => stack.template.body,
    ...(cancel !== undefined && { cancel }),
  };
}

function describeStack(stack: Stack): StackAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    ...(stack.deletedAt !== null && { DeletionTime: stack.deletedAt }),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    ...(stack.updatedAt !== null && { LastUpdatedTime: stack.updatedAt }),
    LastOperations: [{ OperationType: stack.operation.type, OperationId: stack.operation.id }],
    RollbackConfiguration: { MonitoringTimeInMinutes: stack.monitoringMinutes, RollbackTriggers: [] },
    Parameters: [...stack.parameters],
    Outputs: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Tags: [...stack.tags],
  };
}

function describeResource(stack: Stack, resource: StackResource): ResourceAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: resource.id,
    PhysicalResourceId: resource.created?.ref,
    ResourceType: resource.type,
    Timestamp: resource.changedAt,
    ResourceStatus: resource.status ?? undefined,
    ResourceStatusReason: resource.reason,
  };
}

function describeEvent(stack: Stack, event: StackEvent): EventAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    OperationId: event.operation.id,
    ClientRequestToken: event.operation.token,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: event.at,
    ResourceStatus: event.status as EventAnswer['ResourceStatus'],
    ResourceStatusReason: event.reason,
  };
}
