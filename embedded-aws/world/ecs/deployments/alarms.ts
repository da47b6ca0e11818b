import type { ServiceDeployment } from '../model.ts';
import type { EcsState } from '../state.ts';

/**
 * Minutes that ECS watches after the old tasks are gone. ECS computes them from the alarms by an unpublished rule, and
 * shows values below five.
 */
const BAKE_MINUTES = 3;

/**
 * Starts watching the deployment's alarms. If one of them is in ALARM already, ECS ignores all of them for this
 * deployment. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function beginWatch(ecs: EcsState, deployment: ServiceDeployment): void {
  if (deployment.configuration.alarms?.enable !== true) return;
  if (inAlarm(ecs, deployment).length === 0) deployment.alarms.status = 'MONITORING';
}

/** Returns whether an alarm has fired since, and remembers it. */
export function hasAlarmed(ecs: EcsState, deployment: ServiceDeployment): boolean {
  if (deployment.alarms.status !== 'MONITORING') return false;
  const triggered = inAlarm(ecs, deployment);
  if (triggered.length === 0) return false;
  deployment.alarms.status = 'TRIGGERED';
  deployment.alarms.triggered = triggered;
  return true;
}

/** Returns the bake time of a rolling deployment, in milliseconds. */
export function bakeMilliseconds({ alarms, configuration }: ServiceDeployment): number {
  if (alarms.status !== 'MONITORING') return 0;
  return (configuration.bakeTimeInMinutes ?? BAKE_MINUTES) * 60_000;
}

function inAlarm(ecs: EcsState, { configuration }: ServiceDeployment): readonly string[] {
  return (configuration.alarms?.alarmNames ?? []).filter((name) => ecs.alarms.alarmState(name) === 'ALARM');
}
