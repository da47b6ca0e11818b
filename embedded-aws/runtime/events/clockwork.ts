import type { Clock, Timer } from '../../world/clock.ts';
import type { Bus } from './bus.ts';
import type { Delivery } from './delivery.ts';
import { scheduleOf } from './schedule.ts';

/**
 * Fires scheduled rules until cancelled. The event:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
export function runSchedules(bus: Bus, delivery: Pick<Delivery, 'deliver'>, clock: Clock): Timer {
  let stopped = false;
  for (const rule of bus.rules) {
    if (rule.schedule === undefined) continue;
    const next = scheduleOf(rule.schedule);
    const arm = (after: number): void => {
      const instant = next(after);
      if (instant === null) return;
      clock.at(instant, () => {
        if (stopped) return;
        arm(instant);
        const event = bus.envelope({
          source: 'aws.events',
          'detail-type': 'Scheduled Event',
          resources: [rule.arn],
          detail: {},
        });
        // RemoveTargets and DeleteRule take effect at the next instant.
        const now = bus.rules.find((one) => one.arn === rule.arn);
        for (const target of now?.targets ?? []) delivery.deliver(rule, target, event);
      });
    };
    arm(clock.now());
  }
  return { cancel: () => void (stopped = true) };
}
