import type {
  ActionConfiguration,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../clock.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { StateValue } from './evaluation.ts';

export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** A JSON string; absent without an evaluation (a new alarm, or a state set by hand without it). */
  readonly reasonData?: string | undefined;
  readonly at: number;
}

export interface HistoryItem {
  readonly at: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  readonly data: string;
}

interface Common {
  readonly arn: string;
  readonly name: string;
  description: string | undefined;
  actionsEnabled: boolean;
  actions: Readonly<Record<StateValue, readonly string[]>>;
  actionConfiguration: ActionConfiguration | undefined;
  configuredAt: number;
  state: AlarmState;
  /** When the value last changed. The state is also updated when only its reason changes. */
  transitionedAt: number;
  readonly tags: Map<string, string>;
  readonly history: HistoryItem[];
}

export interface MetricAlarm extends Common {
  readonly type: 'MetricAlarm';
  settings: PutMetricAlarmInput;
  /** Id of the one metric in events, if the alarm's own settings give none. */
  readonly metricId: string;
  timer?: Timer;
}

export interface CompositeAlarm extends Common {
  readonly type: 'CompositeAlarm';
  settings: PutCompositeAlarmInput;
  rule: AlarmRule;
}

export type Alarm = MetricAlarm | CompositeAlarm;

export const UNCHECKED = 'Unchecked: Initial alarm creation';

/** Returns an alarm's actions by state. */
export function actionsOf(input: PutMetricAlarmInput | PutCompositeAlarmInput): Alarm['actions'] {
  return {
    OK: input.OKActions ?? [],
    ALARM: input.AlarmActions ?? [],
    INSUFFICIENT_DATA: input.InsufficientDataActions ?? [],
  };
}

/** Formats an instant as CloudWatch's messages do: `2019-10-02T17:04:40.989+0000`. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
