import type { Surroundings } from '../aws.ts';
import type { AlarmStates, Metrics } from '../seams.ts';
import { Arrivals } from './arrivals.ts';
import { changeOperations } from './change-alarms.ts';
import { describeOperations } from './describe-alarms.ts';
import { dashboardOperations } from './dashboard/operations.ts';
import { AlarmDesk } from './desk.ts';
import { alarmArn } from './limits.ts';
import { Herald, type ActionHandler } from './herald.ts';
import { metricOperations } from './metric-operations.ts';
import { muteOperations, MuteRules } from './mute-rules.ts';
import { putOperations } from './put-alarms.ts';
import { MetricStore, sampleOf } from './series.ts';
import { HONOURED } from './honoured.ts';

export type CloudWatch = ReturnType<typeof createCloudWatch>;

/** Simulates Amazon CloudWatch: metrics, metric and composite alarms, alarm actions on a change of state, and dashboards. */
export function createCloudWatch(surroundings: Surroundings) {
  const store = new MetricStore();
  const arrivals = new Arrivals();
  const mutes = new MuteRules(surroundings);
  const herald = new Herald(surroundings, mutes);
  const desk = new AlarmDesk(surroundings, store, herald);
  const seams: Metrics & AlarmStates = {
    /** A recorded datum is visible at once: a service that publishes late records late, with the datum's instant. */
    record: (datum) => {
      const now = surroundings.clock.now();
      for (const { datum: one, lateMs } of arrivals.of(datum))
        store.add(one, sampleOf(one, one.at ?? now, now + lateMs));
    },
    alarmState: (name) => desk.alarms.get(name)?.state.value ?? null,
  };
  return {
    signingName: 'monitoring',
    honoured: HONOURED,
    operations: {
      ...metricOperations(surroundings, store),
      ...putOperations(surroundings, desk, herald),
      ...describeOperations(desk),
      ...changeOperations(surroundings, desk),
      ...muteOperations(mutes),
      ...dashboardOperations(surroundings),
    },
    ...seams,
    arrivals,
    tagged: () =>
      [...desk.alarms.values()].map(({ name, tags }) => ({
        arn: alarmArn(name),
        tags: Object.fromEntries(tags),
      })),
    /**
     * Sets the handler of alarm actions. A topic's ARN comes with a {@link Publication}, a function's ARN with the
     * payload of a direct Lambda action.
     */
    onAction: (handler: ActionHandler): void => herald.onAction(handler),
  };
}
