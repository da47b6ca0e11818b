import type {
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  ServiceRevision,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../service.ts';
import { onServicePart } from '../access.ts';
import { missing, type Answer } from '../answer.ts';
import { SERVICE_REVISION_READ } from '../buckets.ts';
import { invalid } from '../errors.ts';
import type { Revision, Service } from '../model.ts';
import type { EcsState } from '../state.ts';
import { shownWorkload } from '../services/workload.ts';
import { fargateVersion } from '../tasks/describe.ts';

const MAX_REVISIONS_PER_CALL = 20;

export function serviceRevisionOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  return {
    DescribeServiceRevisions: {
      bucket: SERVICE_REVISION_READ,
      authorize: ({ serviceRevisionArns = [] }: DescribeServiceRevisionsCommandInput) =>
        serviceRevisionArns.flatMap((arn) => onServicePart(ecs, 'DescribeServiceRevisions', arn)),
      run: (input: DescribeServiceRevisionsCommandInput) => describe(ecs, input),
    },
  };
}

/** Describes up to 20. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
function describe(
  ecs: EcsState,
  { serviceRevisionArns: arns = [] }: DescribeServiceRevisionsCommandInput,
): Answer<DescribeServiceRevisionsCommandOutput> {
  if (arns.length === 0) throw invalid('serviceRevisionArns cannot be empty.');
  if (arns.length > MAX_REVISIONS_PER_CALL)
    throw invalid('serviceRevisionArns cannot have more than 20 elements.');
  const found = arns.map((arn) => ({ arn, found: find(ecs, arn) }));
  return {
    serviceRevisions: found.flatMap((one) => one.found ?? []),
    failures: found.filter((one) => one.found === undefined).map(({ arn }) => missing(arn)),
  };
}

function find(ecs: EcsState, arn: string): ServiceRevision | undefined {
  for (const service of ecs.services.values()) {
    const revision = service.revisions.find((one) => one.arn === arn);
    if (revision) return shown(service, revision);
  }
  return undefined;
}

function shown(
  service: Service,
  { arn, createdAt, workload, containerImages, attachments }: Revision,
): ServiceRevision {
  const { platformVersion, loadBalancers = [], serviceRegistries = [], ...others } = shownWorkload(workload);
  return {
    serviceRevisionArn: arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...others,
    ...(platformVersion !== undefined && { platformVersion: fargateVersion(platformVersion) }),
    ...(loadBalancers.length > 0 && { loadBalancers }),
    ...(serviceRegistries.length > 0 && { serviceRegistries }),
    containerImages: [...containerImages],
    guardDutyEnabled: false,
    serviceConnectConfiguration: { enabled: false },
    ...workload.revisionOnly,
    createdAt,
    ...(loadBalancers.length > 0 && {
      resolvedConfiguration: {
        loadBalancers: attachments.map(({ targetGroupArn }, index) => {
          const productionListenerRule = loadBalancers[index]?.advancedConfiguration?.productionListenerRule;
          return { targetGroupArn, ...(productionListenerRule !== undefined && { productionListenerRule }) };
        }),
      },
    }),
  };
}
