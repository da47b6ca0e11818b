import type { AnyAlarm } from './alarms.ts';

/**
 * Target tracking makes alarms for each policy. AWS's examples name them so, and no page promises it.
 * Unknown: target-tracking-alarm-name.
 * https://docs.aws.amazon.com/cli/latest/reference/application-autoscaling/put-scaling-policy.html
 */
const TARGET_TRACKING = 'TargetTracking-';

/** Of EC2 Auto Scaling and of Application Auto Scaling. */
const POLICY = /^arn:[^:]+:autoscaling:[^:]*:[^:]*:scalingPolicy:/;

/** Says whether an alarm has the name that target tracking gives. Its event has no actions. */
export function isOfTargetTracking(name: string): boolean {
  return name.startsWith(TARGET_TRACKING);
}

/**
 * Says whether an alarm only scales: target tracking made it, or all that it does in ALARM is to run scaling policies. It
 * turns with the load, and says nothing about users.
 */
export function onlyScales({ AlarmName: name = '', AlarmActions: actions = [] }: AnyAlarm): boolean {
  return isOfTargetTracking(name) || (actions.length > 0 && actions.every((action) => POLICY.test(action)));
}
