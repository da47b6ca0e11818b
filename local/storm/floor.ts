import type { Bucket } from '@lastgood/embedded-aws/world/service.ts';
import * as ecs from '@lastgood/embedded-aws/world/ecs/buckets.ts';
import * as elb from '@lastgood/embedded-aws/world/elb/limits.ts';
import { bucketOf as autoscaling } from '@lastgood/embedded-aws/world/autoscaling/buckets.ts';
import { bucketOf as codedeploy } from '@lastgood/embedded-aws/world/codedeploy/buckets.ts';
import { bucketOf as lambda } from '@lastgood/embedded-aws/world/lambda/buckets.ts';
import { REQUESTS as ROUTE53 } from '@lastgood/embedded-aws/world/route53/access.ts';
import { countsOf, type Mix } from './mix.ts';
import type { Kind } from './subject.ts';

/** Calls of one bucket that every rollback of a kind needs until its first write is accepted. */
export interface Needed {
  readonly bucket: Bucket;
  readonly calls: number;
  /** Why no way back can do without them. */
  readonly because: string;
}

/**
 * What one rollback needs from AWS until its first mitigating call, at least. A way back that skipped one of these
 * reads would go back blindly. Reads that can be shared by many targets, or come from elsewhere (tags, which the sweep
 * knows; the alarms, which are read once a storm), are not here.
 */
export const NEEDED: Readonly<Record<Kind, readonly Needed[]>> = {
  ecs: [
    needs(ecs.SERVICE_READ, 1, 'the service as it is now: what runs, how it deploys, its tags'),
    needs(
      ecs.SERVICE_DEPLOYMENT_READ,
      3,
      'the list of deployments and their descriptions for the plan, and whether another one began before the write',
    ),
    needs(ecs.SERVICE_REVISION_READ, 1, 'the contents of the revisions to leave and to go back to'),
    needs(ecs.TASK_DEFINITION_READ, 2, 'whether both task definitions are active, and what differs'),
    needs(ecs.SERVICE_MODIFY, 1, 'UpdateService'),
  ],
  elb: [
    needs(
      elb.READ,
      4,
      'Plan reads the rule and the targets of the group that is to lose its traffic, and Revert the rule and the health of the group that is to get it, because nothing else keeps traffic from servers that are gone',
    ),
    needs(elb.WRITE, 1, 'ModifyRule'),
  ],
  lambda: [
    needs(
      lambda('GetAlias'),
      4,
      "the alias and both versions' configurations for the plan, and UpdateAlias, which takes of the same bucket",
    ),
  ],
  route53: [
    needs(
      ROUTE53,
      3,
      "the name's records for the plan and directly before the write, and ChangeResourceRecordSets, which takes of the same bucket",
    ),
  ],
  asg: [
    needs(autoscaling('DescribeAutoScalingGroups'), 2, 'the group and its instance refreshes'),
    needs(autoscaling('StartInstanceRefresh'), 1, 'StartInstanceRefresh or RollbackInstanceRefresh'),
  ],
  codedeploy: [
    needs(
      codedeploy('GetDeploymentGroup'),
      3,
      'the group, the list of its deployments and their descriptions',
    ),
    needs(codedeploy('CreateDeployment'), 1, 'CreateDeployment or StopDeployment'),
  ],
};

function needs(bucket: Bucket, calls: number, because: string): Needed {
  return { bucket, calls, because };
}

/** Returns the seconds after which the last of so many calls can be accepted, if all are made at once. */
export function secondsFor(calls: number, { burst, perSecond }: Pick<Bucket, 'burst' | 'perSecond'>): number {
  return Math.max(0, (calls - burst) / perSecond);
}

/**
 * Returns the floor: the seconds after the first alarm before which the last write cannot be accepted, whoever rolls
 * back. It is the largest over the buckets, because the kinds share none.
 */
export function floorSeconds(mix: Mix, targets: number): number {
  const all = [...countsOf(mix, targets)].flatMap(([kind, count]) =>
    NEEDED[kind].map(({ bucket, calls }) => secondsFor(calls * count, bucket)),
  );
  return Number(Math.max(0, ...all).toFixed(1));
}
