import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { inBatches } from '../../../src/aws/batches.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Service } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import { toService } from './from-aws.ts';

/** The limit of one DescribeServices, for one cluster. */
const MAX_SERVICES = 10;

/** Reads many services at once. */
export interface Services {
  /** Returns those that ECS knows, without their tags. */
  named(
    names: readonly ServiceName[],
  ): Promise<readonly { readonly name: ServiceName; readonly service: Service }[]>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export function createServices(client: Pick<ECSClient, 'send'>): Services {
  return {
    named: async (names) => {
      const pages = Object.entries(Object.groupBy(names, ({ cluster }) => cluster)).flatMap(
        ([cluster, inIt = []]) =>
          inBatches(inIt, MAX_SERVICES).map((some) => describe(client, cluster, some)),
      );
      return (await Promise.all(pages)).flat();
    },
  };
}

async function describe(
  client: Pick<ECSClient, 'send'>,
  cluster: string,
  names: readonly ServiceName[],
): ReturnType<Services['named']> {
  const input = { cluster, services: names.map(({ service }) => service) };
  try {
    const { services = [] } = await client.send(new DescribeServicesCommand(input));
    return services.map((one) => ({
      name: { cluster, service: one.serviceName ?? '' },
      service: toService(one),
    }));
  } catch (error) {
    if (isNamed(error, 'ClusterNotFoundException')) return [];
    throw error;
  }
}
