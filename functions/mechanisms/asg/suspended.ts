import type { Group } from './autoscaling.ts';

/**
 * The processes without which Auto Scaling replaces no instance.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
const REPLACING = ['Launch', 'Terminate', 'InstanceRefresh'];

/** Without one of these, a way back ends all the same, and nothing replaces an instance that fails. */
const HEALING = ['HealthCheck', 'ReplaceUnhealthy'];

type Suspending = Pick<Group, 'name' | 'suspended' | 'targetGroups'>;

/** Suspended processes that keep a way back from its end: why, as a clause, and the command that resumes them. */
export interface Hindered {
  readonly why: string;
  readonly command: string;
}

/** Returns the suspended processes that keep a way back from its end. Null: none does. */
export function hinderedBySuspension({ name, suspended, targetGroups }: Suspending): Hindered | null {
  const stopped = REPLACING.filter((process) => suspended.includes(process));
  if (stopped.length > 0)
    return {
      why: `the group cannot replace instances with suspended processes (${stopped.join(', ')})`,
      command: resume(name, stopped),
    };
  if (targetGroups.length === 0 || !suspended.includes('AddToLoadBalancer')) return null;
  return {
    why: 'new instances get no traffic while the process AddToLoadBalancer is suspended',
    command: resume(name, ['AddToLoadBalancer']),
  };
}

/** Returns the notes on suspended processes that a way back can do without. */
export function suspensionNotes({ suspended }: Pick<Group, 'suspended'>): readonly string[] {
  const found = HEALING.filter((process) => suspended.includes(process));
  if (found.length === 0) return [];
  return [
    `an instance that fails during the way back is not replaced, because processes are suspended (${found.join(', ')})`,
  ];
}

function resume(group: string, processes: readonly string[]): string {
  return `aws autoscaling resume-processes --auto-scaling-group-name ${group} --scaling-processes ${processes.join(' ')}`;
}
