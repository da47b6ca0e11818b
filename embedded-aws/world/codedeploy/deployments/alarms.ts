import type { Deployment } from '../model.ts';
import type { CodeDeployState } from '../state.ts';
import { hasEnded } from '../status.ts';
import { end } from './end.ts';

/** Interval of CodeDeploy's alarm checks. AWS gives no figure. */
const POLL_SECONDS = 15;

/**
 * Stops a deployment once one of its alarms is in ALARM, at once if it already is. So the red alarm of a bad revision
 * also blocks the deployment of the good one. Assumed, as no page says so: CodeDeploy's own rollback is not watched. A
 * rollback on an alarm, which is red then, could never succeed otherwise.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html
 */
export function watchAlarms(state: CodeDeployState, deployment: Deployment): void {
  const { asked, group, rollbackOf } = deployment;
  const {
    enabled,
    alarms = [],
    ignorePollAlarmFailure,
  } = asked.overrideAlarmConfiguration ?? group.settings.alarmConfiguration ?? {};
  if (enabled !== true || rollbackOf !== null) return;
  const look = (): void => {
    if (hasEnded(deployment)) return;
    const states = alarms.map(({ name = '' }) => ({ name, is: state.neighbours.alarms.alarmState(name) }));
    const red = states.filter(({ is }) => is === 'ALARM' || (is === null && ignorePollAlarmFailure !== true));
    if (red.length === 0) return void state.surroundings.clock.after(POLL_SECONDS * 1000, look);
    const names = red.map(({ name }) => name).join(', ');
    const message = `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: <${names}>`;
    end(state, deployment, { status: 'Stopped', error: { code: 'ALARM_ACTIVE', message } });
  };
  look();
}
