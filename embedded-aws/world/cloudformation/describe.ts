import type {
  Stack as StackAnswer,
  StackEvent as EventAnswer,
  StackResource,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Described, Stack, StackEvent } from './model.ts';

/** Unknown: stack-during-update. Assumed: template and parameters are those of the update that runs. */
export function describedOf(stack: Stack): Described {
  const { id, name } = stack;
  return {
    id,
    name,
    isDeleted: false,
    tags: stack.tags,
    describe: () => describeStack(stack),
    events: () => stack.events.map((event) => describeEvent(stack, event)).toReversed(),
    resources: () => resourcesOf(stack),
    template: () => stack.configuration.template,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
function describeStack(stack: Stack): StackAnswer {
  const { triggers, monitoringMinutes, root, roleArn } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    ...(stack.updatedAt !== null && { LastUpdatedTime: stack.updatedAt }),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: stack.disableRollback,
    DeploymentConfig: { Mode: stack.mode, DisableRollback: stack.disableRollback },
    RollbackConfiguration: {
      MonitoringTimeInMinutes: monitoringMinutes,
      RollbackTriggers: triggers.map((Arn) => ({ Arn, Type: 'AWS::CloudWatch::Alarm' })),
    },
    Parameters: [...stack.configuration.parameters],
    Tags: tagsOf(stack.tags),
    ...(roleArn !== undefined && { RoleARN: roleArn }),
    ...(root !== undefined && { RootId: root, ParentId: root }),
    LastOperations: stack.operations
      .slice(0, 1)
      .map(({ type, id }) => ({ OperationType: type, OperationId: id })),
  };
}

export function tagsOf(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function describeEvent(stack: Stack, event: StackEvent): EventAnswer {
  return {
    StackId: stack.id,
    StackName: stack.name,
    EventId: event.id,
    OperationId: event.operation.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: event.at,
    ResourceStatus: event.status as EventAnswer['ResourceStatus'],
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.operation.token,
  };
}

/** Returns the resources by their last events. Those that no update touched are not modelled. */
function resourcesOf(stack: Stack): readonly StackResource[] {
  const last = new Map(
    stack.events.filter(({ physicalId }) => physicalId !== stack.id).map((one) => [one.logicalId, one]),
  );
  return [...last.values()].map(({ logicalId, physicalId, type, at, status }) => ({
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: at,
    ResourceStatus: status as StackResource['ResourceStatus'],
  }));
}
