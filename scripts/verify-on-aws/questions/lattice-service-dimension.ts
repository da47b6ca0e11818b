import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { asAssumed, notSeen, otherwise, type Question, type View } from './question.ts';

/** The dimensions `Service` and `TargetGroup` of AWS/VpcLattice have ids as values. */
export const latticeServiceDimension: Question = {
  id: 'lattice-service-dimension',
  part: 'lattice-weights',
  looksAt: 'the values of the dimensions `Service` and `TargetGroup` of TotalRequestCount in AWS/VpcLattice',
  assumed: 'the ids of the service and of the target group are among them',
  answer: async (shown) => {
    const { outputs } = shown;
    const [services, groups] = await Promise.all([
      valuesOf(shown, 'Service'),
      valuesOf(shown, 'TargetGroup'),
    ]);
    if (services.length + groups.length === 0) return notSeen('CloudWatch lists no such metric');
    const isAssumed =
      services.includes(outputs('LatticeService')) && groups.includes(outputs('LatticeEvenGroup'));
    if (isAssumed) return asAssumed(`${outputs('LatticeService')} and ${outputs('LatticeEvenGroup')}`);
    return otherwise(`Service: ${someOf(services)}; TargetGroup: ${someOf(groups)}`);
  },
};

async function valuesOf({ clients }: View, Name: string): Promise<readonly string[]> {
  const { Metrics = [] } = await clients.cloudWatch.send(
    new ListMetricsCommand({
      ...{ Namespace: 'AWS/VpcLattice', MetricName: 'TotalRequestCount', Dimensions: [{ Name }] },
    }),
  );
  const all = Metrics.flatMap(({ Dimensions = [] }) => Dimensions).filter((one) => one.Name === Name);
  return [...new Set(all.flatMap(({ Value }) => Value ?? []))];
}

function someOf(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.slice(0, 3).join(', ');
}
