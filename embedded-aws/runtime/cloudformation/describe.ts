import type {
  Stack as StackAnswer,
  StackEvent as EventAnswer,
  StackResource as ResourceAnswer,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackEvent, StackResource } from './stack.ts';

export function describeStack(stack: Stack): StackAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    ...(stack.deletedAt !== null && { DeletionTime: stack.deletedAt }),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    Parameters: [...stack.parameters],
    Outputs: Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Tags: [...stack.tags],
  };
}

export function describeResource(stack: Stack, resource: StackResource): ResourceAnswer {
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

export function describeEvent(stack: Stack, event: StackEvent): EventAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: event.at,
    ResourceStatus: event.status as EventAnswer['ResourceStatus'],
    ResourceStatusReason: event.reason,
  };
}
