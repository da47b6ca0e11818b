import type {
  RollbackTrigger,
  Stack as StackAnswer,
  StackEvent as EventAnswer,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackEvent } from './cloudformation.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toStack(answer: StackAnswer): Stack {
  const { RollbackConfiguration = {}, DeploymentConfig = {}, Tags = [], Parameters = [] } = answer;
  const id = answer.StackId ?? '';
  return {
    id,
    name: answer.StackName ?? '',
    status: answer.StackStatus ?? '',
    reason: answer.StackStatusReason ?? '',
    updatedAt: answer.LastUpdatedTime?.toISOString() ?? null,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    parameters: Object.fromEntries(
      Parameters.map(({ ParameterKey = '', ParameterValue = '', ResolvedValue = ParameterValue }) => [
        ParameterKey,
        ResolvedValue,
      ]),
    ),
    role: answer.RoleARN ?? null,
    isExpress: DeploymentConfig.Mode === 'EXPRESS',
    keepsFailed: DeploymentConfig.DisableRollback ?? answer.DisableRollback ?? false,
    root: answer.RootId === undefined || answer.RootId === id ? null : answer.RootId,
    alarms: (RollbackConfiguration.RollbackTriggers ?? []).flatMap(alarmIn),
    monitoringMinutes: RollbackConfiguration.MonitoringTimeInMinutes ?? 0,
  };
}

/** Returns the name in `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-errors`. */
function alarmIn({ Arn = '' }: RollbackTrigger): readonly string[] {
  const name = /^arn:[^:]+:cloudwatch:[^:]*:\d+:alarm:(.+)$/.exec(Arn)?.[1];
  return name === undefined ? [] : [name];
}

export function toEvent(answer: EventAnswer): StackEvent {
  const { StackId = '', PhysicalResourceId = '', Timestamp = new Date(0) } = answer;
  return {
    id: answer.EventId ?? '',
    at: Timestamp.toISOString(),
    isOfStack: PhysicalResourceId === StackId,
    logicalId: answer.LogicalResourceId ?? '',
    type: answer.ResourceType ?? '',
    status: answer.ResourceStatus ?? '',
    reason: answer.ResourceStatusReason ?? '',
    token: answer.ClientRequestToken ?? null,
    operation: answer.OperationId ?? null,
  };
}
