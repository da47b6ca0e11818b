import type { DeploymentOverview, DeploymentTarget, TargetLabel } from '@aws-sdk/client-codedeploy';
import { arn } from '../../aws.ts';
import type { Clock } from '../../clock.ts';
import type { Instance } from '../../fleet/fleet.ts';
import type { Step } from './lifecycle.ts';
import { Walk } from './walk.ts';

/** One instance of a deployment, and its progress. */
export interface Member {
  readonly instance: Instance;
  readonly label?: TargetLabel;
  status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Ready';
  walk: Walk | null;
}

/** The instances of a deployment. At most `slots` of them run lifecycle events at once. */
export class Crew {
  readonly members: readonly Member[];
  readonly #clock: Clock;

  constructor(clock: Clock, instances: readonly Instance[], label?: TargetLabel) {
    this.#clock = clock;
    this.members = instances.map((instance) => ({
      instance,
      ...(label !== undefined && { label }),
      status: 'Pending',
      walk: null,
    }));
  }

  count(status: Member['status']): number {
    return this.members.filter((member) => member.status === status).length;
  }

  /** Starts as many instances as there is room for; calls `moved` whenever one ends. */
  advance(
    slots: number,
    steps: (instance: Instance) => readonly Step[],
    moved: (member: Member) => void,
  ): void {
    const pending = this.members.filter(({ status }) => status === 'Pending');
    for (const member of pending.slice(0, Math.max(0, slots))) {
      member.status = 'InProgress';
      member.walk = new Walk(this.#clock, steps(member.instance), (failure) => {
        member.status = failure === null ? 'Succeeded' : 'Failed';
        moved(member);
      });
      member.walk.start();
    }
  }

  stop(): void {
    for (const { walk } of this.members) walk?.stop();
  }
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentOverview.html */
export function overviewOf(members: readonly Member[]): DeploymentOverview {
  const count = (status: Member['status']): number =>
    members.filter((member) => member.status === status).length;
  return {
    Pending: count('Pending'),
    InProgress: count('InProgress'),
    Succeeded: count('Succeeded'),
    Failed: count('Failed'),
    Skipped: 0,
    Ready: count('Ready'),
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_InstanceTarget.html */
export function targetOf(deploymentId: string, { instance, label, status, walk }: Member): DeploymentTarget {
  const lifecycleEvents = (walk?.happened ?? []).map(({ name, startTime, endTime, failure, ...event }) => ({
    lifecycleEventName: name,
    status: event.status,
    startTime,
    endTime: endTime ?? undefined,
    diagnostics:
      failure === null ? undefined : { errorCode: failure.code, scriptName: name, message: failure.message },
  }));
  return {
    deploymentTargetType: 'InstanceTarget',
    instanceTarget: {
      deploymentId,
      targetId: instance.id,
      targetArn: arn('ec2', `instance/${instance.id}`),
      status,
      lifecycleEvents,
      instanceLabel: label,
    },
  };
}
