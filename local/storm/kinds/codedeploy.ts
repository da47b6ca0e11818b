import type {
  CreateDeploymentInput,
  GetDeploymentGroupOutput,
  GetDeploymentOutput,
  StopDeploymentInput,
} from '@aws-sdk/client-codedeploy';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { BUNDLES } from '../../scenarios/stage.ts';
import { behindBalancer, putErrorAlarm } from '../alarms.ts';
import { GOOD } from '../behaviours.ts';
import type { Ground } from '../ground.ts';
import type { Planter } from '../subject.ts';

/** An application of a team has some groups. */
const GROUPS_PER_APPLICATION = 25;

/** Half of the instances are deployed to at a time, and one must stay. */
const MIN_INSTANCES = 2;

/** Plants deployment groups on instances behind a load balancer. */
export const codedeploy: Planter = {
  leadSeconds: 120,
  on: (ground) => {
    const { world, balancers, call } = ground;
    let planted = 0;
    return ({ number, alarm, size, checkSeconds, tags }) => {
      const applicationName = `apps-${Math.floor(planted / GROUPS_PER_APPLICATION) + 1}`;
      if (planted++ % GROUPS_PER_APPLICATION === 0)
        call('codedeploy', 'CreateApplication', { applicationName, computePlatform: 'Server' });
      const names = { applicationName, deploymentGroupName: `fleet-${number}` };
      const groupName = `fleet-${number}`;
      const targetGroup = balancers.group(groupName, 'instance', checkSeconds);
      const { loadBalancer } = balancers.route(`${groupName}.example.com`, [{ targetGroup, weight: 1 }]);
      world.fleet.launch(Math.max(MIN_INSTANCES, size), { app: groupName });
      call('codedeploy', 'CreateDeploymentGroup', {
        ...names,
        serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
        deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
        ec2TagFilters: [{ Type: 'KEY_AND_VALUE', Key: 'app', Value: groupName }],
        deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
        loadBalancerInfo: { targetGroupInfoList: [{ name: groupName }] },
        tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
      let releases = 0;
      const keyOf = (release: number) => `${groupName}/v${release}.zip`;
      const deploy = (behaviour: Behaviour) => {
        const key = keyOf(++releases);
        world.bundles.put(BUNDLES, key, behaviour);
        const s3Location = { bucket: BUNDLES, key, bundleType: 'zip' };
        call('codedeploy', 'CreateDeployment', { ...names, revision: { revisionType: 'S3', s3Location } });
      };
      deploy(GOOD);
      const target = `codedeploy:${applicationName}/${groupName}`;
      putErrorAlarm(ground, alarm, behindBalancer(loadBalancer, [targetGroup]), target);
      return {
        target,
        kind: 'codedeploy',
        alarm,
        release: deploy,
        isWayBack: ({ operation, input }) =>
          operation === 'StopDeployment'
            ? (input as StopDeploymentInput).autoRollbackEnabled === true
            : operation === 'CreateDeployment' &&
              (input as CreateDeploymentInput).revision?.s3Location?.key === keyOf(1),
        isBack: () => attemptedKey(ground, names) === keyOf(1),
      };
    };
  },
};

/** Returns the key of the bundle that the group's last deployment deploys. */
function attemptedKey({ call }: Ground, names: object): string | undefined {
  const { deploymentGroupInfo } = call<GetDeploymentGroupOutput>('codedeploy', 'GetDeploymentGroup', names);
  const { deploymentId } = deploymentGroupInfo?.lastAttemptedDeployment ?? {};
  const { deploymentInfo } = call<GetDeploymentOutput>('codedeploy', 'GetDeployment', { deploymentId });
  return deploymentInfo?.revision?.s3Location?.key;
}
