import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DescribeImageScanFindingsCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { readSetup } from '../../../../src/aws/code-deploy/setup.ts';
import { isNamed } from '../../../../src/aws/errors.ts';
import { createGroupSettings, type GroupSettings } from '../../../../src/aws/group-settings.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import { createRegistry } from '../ecr.ts';
import { createBalancer } from '../traffic/sdk.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { createPreviews } from './preview.ts';
import type { GroupTimes, ImageReads, ReadyReads } from './reads.ts';

interface Clients {
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly ecr: ECRClient;
  readonly codeDeploy: CodeDeployClient;
  readonly now: () => Instant;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const USUAL_DRAIN_SECONDS = 300;

/** Binds the reads of an examination to clients. */
export function createReadyReads({ ecs, elb, ecr, codeDeploy, now }: Clients): ReadyReads {
  const settings = createGroupSettings(elb);
  return {
    service: async (target) => {
      const { cluster, service } = serviceOf(target);
      const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      return services[0] ?? null;
    },
    definition: async (taskDefinition) => {
      try {
        const { taskDefinition: found } = await ecs.send(
          new DescribeTaskDefinitionCommand({ taskDefinition }),
        );
        return found ?? null;
      } catch (error) {
        if (isNamed(error, 'ClientException')) return null;
        throw error;
      }
    },
    groups: async (TargetGroupArns) => {
      if (TargetGroupArns.length === 0) return [];
      const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [...TargetGroupArns] });
      const { TargetGroups = [] } = await elb.send(command);
      return Promise.all(TargetGroups.map((group) => timesOf(settings, group)));
    },
    forwardings: (groups) => createBalancer(elb).forwardings(groups),
    setup: (group) => readSetup(codeDeploy, group),
    images: imageReads(ecr, now),
  };
}

async function timesOf(settings: GroupSettings, group: TargetGroup): Promise<GroupTimes> {
  const { TargetGroupArn: arn = '', TargetGroupName: name = '' } = group;
  const { HealthCheckIntervalSeconds = 30, UnhealthyThresholdCount = 2 } = group;
  return {
    ...{ arn, name, drainSeconds: (await settings.drainSeconds(arn)) ?? USUAL_DRAIN_SECONDS },
    unhealthySeconds: HealthCheckIntervalSeconds * UnhealthyThresholdCount,
  };
}

function imageReads(client: ECRClient, now: () => Instant): ImageReads {
  return {
    registry: createRegistry(client),
    expiring: createPreviews(client, now),
    vulnerabilities: async ({ account, repository }, imageDigest) => {
      const input = { registryId: account, repositoryName: repository, imageId: { imageDigest } };
      try {
        // One page has the counts of all.
        const command = new DescribeImageScanFindingsCommand({ ...input, maxResults: 1 });
        const { imageScanFindings } = await client.send(command);
        return imageScanFindings?.findingSeverityCounts ?? {};
      } catch (error) {
        if (isNamed(error, 'ScanNotFoundException')) return null;
        throw error;
      }
    },
  };
}
