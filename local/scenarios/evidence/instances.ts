import type { AutoScalingGroupsType } from '@aws-sdk/client-auto-scaling';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { openFleet, TARGET, wentTo, type Fleet, type FleetOptions } from '../asg/fleet.ts';
import type { Cause } from '../../../src/rollback/evidence.ts';
import { request } from '../requests.ts';
import type { Ending, Scenario } from '../scenario.ts';
import { installSlack } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';
import { advised, allOf, found, linesOf, triaged } from './found.ts';

const LOG_GROUP = '/web/app';

/** Values that only the user data of the launch template knows, and that its instances print. */
const USER_DATA = `#!/bin/bash
set -x
export DB_LOGIN='${SECRET_MARK} of web'
cat > /etc/app.yml <<END
pin: ${SECRET_MARK}-4711
END
/opt/app/start`;

const CARELESS = [
  `[   41.2] cloud-init[2211]: + export 'DB_LOGIN=${SECRET_MARK} of web' failed`,
  `[   41.3] cloud-init[2211]: error: login ${SECRET_MARK} of web was refused`,
  `[   41.4] cloud-init[2211]: error: pin ${SECRET_MARK}-4711 is wrong`,
  `[   41.5] cloud-init[2211]: error: password: ${SECRET_MARK} three`,
] as const;

interface Release {
  readonly behaviour?: Partial<Behaviour>;
  readonly fleet?: FleetOptions;
  /** What happens between the new version of the template and its refresh. */
  readonly before?: (stage: Stage, fleet: Fleet) => void;
}

/** Plays a refresh to a version whose instances do not come up, until a person asks for the way back. */
function stuck({ behaviour = {}, fleet: options = {}, before }: Release): Scenario['play'] {
  return async (stage) => {
    const fleet = await openFleet(stage, options);
    installSlack(stage, ['asg:web-fleet']);
    const version = fleet.version(behaviour);
    before?.(stage, fleet);
    fleet.deploy(version);
    await stage.minutes(7);
    request(stage, { target: TARGET, reason: 'the refresh is stuck' });
    await stage.aftermath();
  };
}

function back(cause: Cause, also: NonNullable<Ending['also']>): Ending {
  return {
    cause,
    outcome: 'rolled-back',
    served: true,
    writes: ['RollbackInstanceRefresh'],
    also: allOf((stage) => wentTo(stage, '1'), also),
  };
}

/** Writes a line to the log group of each instance of a version, as the CloudWatch agent does. */
function logFromInstances(stage: Stage, version: string, line: string): void {
  const { AutoScalingGroups = [] } = stage.call<AutoScalingGroupsType>(
    'autoscaling',
    'DescribeAutoScalingGroups',
    {},
  );
  for (const { InstanceId = '', LaunchTemplate } of AutoScalingGroups[0]?.Instances ?? [])
    if (LaunchTemplate?.Version === version) stage.world.logs.write(LOG_GROUP, InstanceId, line);
}

/** Causes of bad instances of an Auto Scaling group. */
export const instanceCauses: readonly Scenario[] = [
  {
    name: 'evidence-asg-image-gone',
    shows: 'the image of the version was deregistered: no instance can be launched',
    target: TARGET,
    play: stuck({
      before: (stage, fleet) => void stage.call('ec2', 'DeregisterImage', { ImageId: fleet.image(2) }),
    }),
    ends: back(
      'launch',
      allOf(
        triaged(/their image cannot be used[^]*does not exist/),
        found('scaling activities', /^\d+ × The image id/),
        found('instance refresh', /^Rollback/),
      ),
    ),
  },
  {
    name: 'evidence-asg-no-capacity',
    shows: 'EC2 has no instance of the type: the likely cause is capacity',
    target: TARGET,
    play: stuck({ before: (stage) => void stage.world.ec2.faults.set('m7g.large', 'no capacity') }),
    ends: back(
      'placement',
      triaged(/no capacity for instances[^]*do not have sufficient m7g\.large capacity/),
    ),
  },
  {
    name: 'evidence-asg-not-authorized',
    shows: 'Auto Scaling lacks a permission that the launch needs: that is the likely cause',
    target: TARGET,
    play: stuck({ before: (stage) => void stage.world.ec2.faults.set('m7g.large', 'not authorized') }),
    ends: back('permission', triaged(/may not launch[^]*You are not authorized/)),
  },
  {
    name: 'evidence-asg-health-check',
    shows: 'instances answer their health checks with 503 and are replaced over and over: the likely cause',
    target: TARGET,
    play: stuck({ behaviour: { health: 'fails' } }),
    ends: back(
      'health-check',
      allOf(triaged(/taken out of service/), found('scaling activities', /ELB system health check failure/)),
    ),
  },
  {
    name: 'evidence-asg-start-script',
    shows:
      'the start script fails, and prints secrets of the user data: the console names the cause, and no secret',
    target: TARGET,
    play: stuck({
      behaviour: {
        health: 'fails',
        logs: [
          ...CARELESS,
          '[   42.0] cloud-init[2211]: cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)',
        ],
      },
      fleet: {
        tags: { 'lastgood:logs': 'console' },
        launch: { UserData: Buffer.from(USER_DATA).toString('base64') },
      },
    }),
    ends: back(
      'crash',
      allOf(triaged(/start script of an instance failed/), (stage) => {
        const lines = linesOf(stage, 'instance console').filter((line) => line.includes('***'));
        return lines.length >= CARELESS.length ? null : `masked are ${lines.join(' | ')}`;
      }),
    ),
  },
  {
    name: 'evidence-asg-logs',
    shows: 'a tag names the log group of the instances, whose last lines name a dependency',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage, { tags: { 'lastgood:logs': `console ${LOG_GROUP}` } });
      installSlack(stage, ['asg:web-fleet']);
      fleet.release({ errorRate: 0.5 }, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      logFromInstances(stage, '2', `could not connect to server: password=${SECRET_MARK}`);
      await stage.aftermath();
    },
    ends: {
      cause: 'dependency',
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
      also: allOf(triaged(/could not connect to server/), found('instance logs', /^i-\w+ in \/web\/app: /)),
    },
  },
  {
    name: 'evidence-asg-size-lowered',
    shows:
      'the release lowered the desired capacity and the maximum of the group: both are offered to be put back, and the minimum as well',
    target: TARGET,
    async play(stage) {
      const fleet = await openFleet(stage);
      installSlack(stage, ['asg:web-fleet']);
      fleet.call('UpdateAutoScalingGroup', { MinSize: 2, MaxSize: 12 });
      await stage.minutes(20);
      fleet.call('UpdateAutoScalingGroup', { MinSize: 1, MaxSize: 2, DesiredCapacity: 1 });
      fleet.release({}, { preferences: { MaxHealthyPercentage: 200 } });
      await fleet.refreshed();
      // CloudTrail shows a call at most 15 minutes late.
      await stage.minutes(16);
      request(stage, { target: TARGET, reason: 'the site is slow since the release' });
      await stage.aftermath();
    },
    ends: {
      cause: 'count-changed',
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
      also: allOf(
        triaged(/lowered the desired count from 4 to 1/),
        advised(/capacity from 4 to 1\. .* --auto-scaling-group-name web-fleet --desired-capacity 4$/),
        advised(/at most 2 instances, and 4 ran .* --max-size 4$/),
        advised(/changed minSize from 2 to 1 and maxSize from 12 to 2 .* --min-size 2 --max-size 12$/),
      ),
    },
  },
];
