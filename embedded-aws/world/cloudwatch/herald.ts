import type { Surroundings } from '../aws.ts';
import type { Alarm, AlarmState, HistoryItem } from './alarms.ts';
import { eventDetail, lambdaPayload, type Transition } from './messages.ts';
import type { MuteRules } from './mute-rules.ts';
import { publication } from './sns-message.ts';

export type ActionHandler = (arn: string, payload: unknown) => void;

/**
 * Of EC2 Auto Scaling and of Application Auto Scaling. Their policies are not modelled: an alarm runs them, and nothing scales.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, AlarmActions
 */
const SCALING_POLICY = /^arn:aws:autoscaling:[\w-]+:\d+:scalingPolicy:/;

/** Records and publishes an alarm's changes: its history, the event bus, and its actions. */
export class Herald {
  readonly #surroundings: Surroundings;
  readonly #mutes: MuteRules;
  #act: ActionHandler = () => undefined;

  constructor(surroundings: Surroundings, mutes: MuteRules) {
    this.#surroundings = surroundings;
    this.#mutes = mutes;
  }

  /** Sets the handler of alarm actions. Without one, actions are dropped. */
  onAction(handler: ActionHandler): void {
    this.#act = handler;
  }

  record(alarm: Alarm, item: Omit<HistoryItem, 'at'>): void {
    alarm.history.push({ at: this.#surroundings.clock.now(), ...item });
  }

  /**
   * Publishes a change of state. The event is published whether or not actions are enabled or muted; actions run only
   * on a change. Unknown: alarm-event-without-actions.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
   */
  publish(transition: Transition): void {
    const { alarm, from, to } = transition;
    const muteDetail = this.#mutes.detailOf(alarm.name);
    this.record(alarm, {
      type: 'StateUpdate',
      summary: `Alarm updated from ${from.value} to ${to.value}`,
      data: JSON.stringify({ version: '1.0', oldState: stateIn(from), newState: stateIn(to) }),
    });
    this.#surroundings.emit({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [alarm.arn],
      detail: { ...eventDetail(transition), ...(muteDetail && { muteDetail }) },
    });
    if (alarm.actionsEnabled && muteDetail === null)
      for (const arn of alarm.actions[to.value]) this.#perform(transition, arn);
  }

  #perform(transition: Transition, arn: string): void {
    this.record(transition.alarm, {
      type: 'Action',
      summary: `Successfully executed action ${arn}`,
      data: JSON.stringify({ actionState: 'Succeeded', notificationResource: arn }),
    });
    if (SCALING_POLICY.test(arn)) return;
    this.#act(arn, arn.includes(':sns:') ? publication(transition) : lambdaPayload(transition));
  }
}

function stateIn({ value, reason, reasonData }: AlarmState) {
  const data = reasonData === undefined ? {} : { stateReasonData: JSON.parse(reasonData) as unknown };
  return { stateValue: value, stateReason: reason, ...data };
}
