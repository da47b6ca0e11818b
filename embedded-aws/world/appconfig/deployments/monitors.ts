import type { Deployment } from '../model.ts';
import type { AppConfigState } from '../state.ts';
import { isInFlight, rollBack } from './back.ts';

/** Seconds between AppConfig's looks at the monitors. AWS gives no figure. */
const LOOK_SECONDS = 15;

/**
 * Rolls a deployment back while it grows or bakes and one of its environment's monitors is red. An alarm without data
 * counts as red. An alarm that does not exist is ignored here.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/monitoring-deployments.html
 */
export function watchMonitors(state: AppConfigState, deployment: Deployment): void {
  const look = (): void => {
    if (!isInFlight(deployment)) return;
    const red = deployment.environment.monitors.find(({ AlarmArn = '' }) => {
      const is = state.alarms.alarmState(AlarmArn.split(':alarm:')[1] ?? '');
      return is === 'ALARM' || is === 'INSUFFICIENT_DATA';
    });
    if (red === undefined) state.surroundings.clock.after(LOOK_SECONDS * 1000, look);
    else rollBack(state, deployment, 'CLOUDWATCH_ALARM', red.AlarmArn ?? '');
  };
  look();
}
