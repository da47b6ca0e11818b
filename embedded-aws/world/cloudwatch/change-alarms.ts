import type {
  DeleteAlarmsInput,
  DisableAlarmActionsInput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  SetAlarmStateInput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import type { Surroundings } from '../aws.ts';
import { AwsError, type Access } from '../service.ts';
import { alarmsIn } from './alarm-rule.ts';
import type { Alarm } from './alarms.ts';
import type { AlarmDesk } from './desk.ts';
import { alarmArn, limit } from './limits.ts';
import { setTags } from './put-alarms.ts';

export function changeOperations({ clock }: Surroundings, desk: AlarmDesk) {
  const may = (action: string, arns: readonly string[]): readonly Access[] =>
    arns.map((resource) => ({
      action: `cloudwatch:${action}`,
      resource,
      tags: Object.fromEntries(desk.find(resource)?.tags ?? []),
    }));
  const toggle = (action: string, enabled: boolean) => ({
    bucket: limit.toggleActions,
    authorize: ({ AlarmNames }: DisableAlarmActionsInput) => may(action, (AlarmNames ?? []).map(alarmArn)),
    run: ({ AlarmNames }: DisableAlarmActionsInput): object => {
      for (const name of AlarmNames ?? []) {
        const alarm = desk.alarms.get(name);
        if (alarm !== undefined) alarm.actionsEnabled = enabled;
      }
      return {};
    },
  });
  return {
    EnableAlarmActions: toggle('EnableAlarmActions', true),
    DisableAlarmActions: toggle('DisableAlarmActions', false),
    SetAlarmState: {
      bucket: limit.setAlarmState,
      authorize: ({ AlarmName = '' }: SetAlarmStateInput) => may('SetAlarmState', [alarmArn(AlarmName)]),
      run: (input: SetAlarmStateInput) => setState(desk, input, clock.now()),
    },
    DeleteAlarms: {
      bucket: limit.deleteAlarms,
      authorize: ({ AlarmNames }: DeleteAlarmsInput) => may('DeleteAlarms', (AlarmNames ?? []).map(alarmArn)),
      run: (input: DeleteAlarmsInput) => remove(desk, input),
    },
    ...tagOperations(desk, may),
  };
}

function tagOperations(desk: AlarmDesk, may: (action: string, arns: readonly string[]) => readonly Access[]) {
  return {
    TagResource: {
      bucket: limit.tags,
      authorize: ({ ResourceARN = '' }: TagResourceInput) => may('TagResource', [ResourceARN]),
      run: ({ ResourceARN, Tags }: TagResourceInput): object => {
        setTags(byArn(desk, ResourceARN), Tags);
        return {};
      },
    },
    UntagResource: {
      bucket: limit.tags,
      authorize: ({ ResourceARN = '' }: UntagResourceInput) => may('UntagResource', [ResourceARN]),
      run: ({ ResourceARN, TagKeys }: UntagResourceInput): object => {
        for (const key of TagKeys ?? []) byArn(desk, ResourceARN).tags.delete(key);
        return {};
      },
    },
    ListTagsForResource: {
      bucket: limit.tags,
      authorize: ({ ResourceARN = '' }: ListTagsForResourceInput) =>
        may('ListTagsForResource', [ResourceARN]),
      run: ({ ResourceARN }: ListTagsForResourceInput): ListTagsForResourceOutput => ({
        Tags: [...byArn(desk, ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })),
      }),
    },
  };
}

function byArn(desk: AlarmDesk, arn: string | undefined): Alarm {
  const alarm = desk.find(arn ?? '');
  if (alarm === undefined)
    throw new AwsError('ResourceNotFoundException', `Unknown resource ${arn ?? ''}`, 404);
  return alarm;
}

/**
 * Sets a state by hand until the next evaluation. The reason's data are only the caller's.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
function setState(
  desk: AlarmDesk,
  { AlarmName, StateValue, StateReason, StateReasonData }: SetAlarmStateInput,
  at: number,
): object {
  const alarm = desk.get(AlarmName);
  if (StateValue === undefined || StateReason === undefined)
    throw new AwsError('ValidationError', 'StateValue and StateReason are required');
  if (StateReasonData !== undefined && !isJson(StateReasonData))
    throw new AwsError('InvalidFormat', 'StateReasonData is not valid JSON');
  desk.enter(alarm, { value: StateValue, reason: StateReason, reasonData: StateReasonData, at });
  return {};
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Deletes alarms and ignores unknown names. Refuses to delete an alarm that a composite names.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
 */
function remove(desk: AlarmDesk, { AlarmNames = [] }: DeleteAlarmsInput): object {
  const doomed = AlarmNames.flatMap((name) => desk.alarms.get(name) ?? []);
  for (const other of desk.alarms.values()) {
    if (other.type !== 'CompositeAlarm') continue;
    const child = alarmsIn(other.rule)
      .map((each) => desk.find(each))
      .find((each) => each && doomed.includes(each));
    if (child !== undefined)
      throw new AwsError(
        'ValidationError',
        `Cannot delete ${child.name} as there are composite alarms depending on it`,
      );
  }
  for (const alarm of doomed) desk.forget(alarm);
  return {};
}
