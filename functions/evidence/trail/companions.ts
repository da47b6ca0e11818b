import type { Planned } from '../../../src/rollback/document.ts';
import type { Companion } from '../../../src/rollback/evidence.ts';
import { groupOf } from '../../../src/targets/kinds/asg/target.ts';
import { isAbout, type TrailCall } from './call.ts';

interface Change {
  readonly of: Companion['of'];
  /** The limits that it may set, with their options of the AWS CLI. A call without any of them is another change. */
  readonly limits?: Readonly<Record<string, string>>;
  /** Begins the command that puts limits back. */
  readonly command?: (part: string) => string;
}

/** What a call changes, where it names a part of the target that no way back puts back. */
const CHANGES: Readonly<Record<string, Change>> = {
  ModifyTargetGroup: { of: 'health-check' },
  ModifyTargetGroupAttributes: { of: 'target-group' },
  ModifyListener: { of: 'listener' },
  ModifyRule: { of: 'listener' },
  RegisterScalableTarget: {
    of: 'scaling-limits',
    limits: { minCapacity: '--min-capacity', maxCapacity: '--max-capacity' },
    command: (resource) =>
      `aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id ${resource} --scalable-dimension ecs:service:DesiredCount`,
  },
  UpdateAutoScalingGroup: {
    of: 'scaling-limits',
    limits: { minSize: '--min-size', maxSize: '--max-size' },
    command: (group) => `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${group}`,
  },
};

/** A call that changed a part of the target. */
export interface PartChange {
  readonly call: TrailCall;
  readonly part: string;
  readonly change: Change;
}

/** Returns the part of the target that a call changed; null: it changed none. */
export function partChanged(call: TrailCall, { request: { target }, plan }: Planned): PartChange | null {
  const change = CHANGES[call.name];
  if (change === undefined || target.startsWith('elb:')) return null;
  const parts = [...plan.watch.targetGroups.map(({ arn }) => arn), ...scaledIn(target, plan)];
  const part = parts.find((one) => isAbout(call, one));
  const setsNone = change.limits !== undefined && limitsIn(call, change).length === 0;
  return part === undefined || setsNone ? null : { call, part, change };
}

/** Returns the names of what scales: of a service in Application Auto Scaling, or of a group. */
function scaledIn(target: string, { watch: { tasks } }: Planned['plan']): readonly string[] {
  if (target.startsWith('asg:')) return [groupOf(target)];
  return tasks === undefined ? [] : [`service/${tasks.cluster}/${tasks.service}`];
}

function limitsIn({ numbers }: TrailCall, { limits = {} }: Change): readonly string[] {
  return Object.keys(limits).filter((name) => name in numbers);
}

/** Says whether an earlier call may have set the limits before. */
export function hasLimits({ change }: PartChange): boolean {
  return change.limits !== undefined;
}

/**
 * Returns the companion of a change. A stack sets the limits of a group with each update, so limits that are as they were
 * are none.
 * @param earlier the call that set the limits before; undefined: CloudTrail shows none
 */
export function companionOf({ call, part, change }: PartChange, earlier?: TrailCall): readonly Companion[] {
  const { of, limits = {}, command } = change;
  const by = `at ${call.at}, by ${call.by}`;
  const names = limitsIn(call, change);
  if (names.length === 0) return [{ of, says: `${call.name} was called ${by}.` }];
  if (earlier === undefined || command === undefined) {
    const set = names.map((name) => `${name} ${call.numbers[name]}`);
    return [{ of, says: `${call.name} was called with ${set.join(' and ')} ${by}.` }];
  }
  const changed = names.filter((name) => earlier.numbers[name] !== call.numbers[name]);
  const known = changed.filter((name) => name in earlier.numbers);
  if (known.length === 0) return [];
  const words = known.map((name) => `${name} from ${earlier.numbers[name]} to ${call.numbers[name]}`);
  const options = known.map((name) => `${limits[name]} ${earlier.numbers[name]}`);
  return [
    {
      of,
      says: `${call.name} changed ${words.join(' and ')} ${by}.`,
      command: `${command(part)} ${options.join(' ')}`,
    },
  ];
}
