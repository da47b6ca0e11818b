import type {
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommandInput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { Client } from '../../../functions/guard/cloudwatch.ts';

/** A CloudWatch client that gives these pages, one after the other, or throws; `asked` is what it was asked. */
export function clientWith(pages: readonly (object | Error)[]) {
  const asked: (DescribeAlarmHistoryCommandInput & DescribeAlarmsCommandInput)[] = [];
  const send = (command: { input: DescribeAlarmHistoryCommandInput & DescribeAlarmsCommandInput }) => {
    const page = pages[asked.length] ?? {};
    asked.push(command.input);
    if (page instanceof Error) return Promise.reject(page);
    const more = asked.length < pages.length ? { NextToken: `page-${asked.length}` } : {};
    return Promise.resolve({ ...page, ...more });
  };
  return { client: { send } as unknown as Client, asked };
}

/** An error as the SDK throws it. */
export function awsError(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });
}

export function stateUpdate(at: string, from: string, to: string): object {
  const HistoryData = JSON.stringify({
    version: '1.0',
    oldState: { stateValue: from },
    newState: { stateValue: to, stateReason: 'x' },
  });
  return { AlarmName: 'checkout-5xx', Timestamp: new Date(at), HistoryItemType: 'StateUpdate', HistoryData };
}

export function redAlarm(
  AlarmName: string,
  at: string,
  dimensions: Readonly<Record<string, string>> = {},
): MetricAlarm {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { AlarmName, StateValue: 'ALARM', StateTransitionedTimestamp: new Date(at), Dimensions };
}
