import { UpdateListenerCommand } from '@aws-sdk/client-vpc-lattice';
import { attribute, ref, tagList, text, type Resource, type Resources } from '../cloudformation.ts';
import { alarm, instances, LATTICE_SERVICE } from '../prices.ts';
import { FOR_LASTGOOD, THROW_AWAY } from '../tags.ts';
import { shareAlarm } from './behind.ts';
import { launchTemplate, newestOf, tagged, versionData } from './instance.ts';
import type { Outputs, Part } from './part.ts';
import { securityGroup } from './shared.ts';
import { BAD, GOOD, PORT } from './web.ts';

/**
 * Returns one side: a target group whose health is checked, and an Auto Scaling group of one instance behind it, which no
 * target of Lastgood names. Groups of functions are not checked, so that Lastgood would not go back to one.
 */
function side(name: 'Even' | 'Odd', errors: typeof BAD | typeof GOOD): Resources {
  return {
    [`Lattice${name}Group`]: {
      Type: 'AWS::VpcLattice::TargetGroup',
      Properties: {
        Type: 'INSTANCE',
        Config: {
          ...{ Port: PORT, Protocol: 'HTTP', ProtocolVersion: 'HTTP1', VpcIdentifier: ref('Vpc') },
          HealthCheck: {
            ...{ Enabled: true, Path: '/health', Protocol: 'HTTP', ProtocolVersion: 'HTTP1' },
            ...{ HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 5 },
            ...{ HealthyThresholdCount: 2, UnhealthyThresholdCount: 2 },
          },
        },
      },
    },
    [`Lattice${name}Template`]: launchTemplate(versionData(errors), 'LatticePorts'),
    [`Lattice${name}Fleet`]: fleet(`Lattice${name}Template`, `Lattice${name}Group`),
  };
}

/** Returns an Auto Scaling group of one instance, behind a target group or none. */
function fleet(template: string, group?: string): Resource {
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      ...{ MinSize: '1', MaxSize: '1', DesiredCapacity: '1', VPCZoneIdentifier: ref('Subnets') },
      LaunchTemplate: newestOf(template),
      ...(group !== undefined && { TrafficSources: [{ Identifier: ref(group), Type: 'vpc-lattice' }] }),
    },
  };
}

/**
 * Sends five requests a second. A service of VPC Lattice is reached from a VPC of its network alone, so that the users are
 * an instance: https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html
 */
const CLIENT = `#!/bin/bash
cat > /client.sh <<'END'
while true; do
  curl --silent --output /dev/null --max-time 5 http://\${LatticeService.DnsEntry.DomainName}/ &
  sleep 0.2
done
END
systemd-run --unit=client bash /client.sh
`;

/** A VPC can be in one service network only: the stack cannot be created where the default VPC is in another one. */
const NETWORK: Resources = {
  LatticeNetwork: { Type: 'AWS::VpcLattice::ServiceNetwork', Properties: {} },
  LatticeNetworkVpc: {
    Type: 'AWS::VpcLattice::ServiceNetworkVpcAssociation',
    Properties: { ServiceNetworkIdentifier: ref('LatticeNetwork'), VpcIdentifier: ref('Vpc') },
  },
  LatticeNetworkService: {
    Type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation',
    Properties: { ServiceNetworkIdentifier: ref('LatticeNetwork'), ServiceIdentifier: ref('LatticeService') },
  },
  LatticeClientTemplate: launchTemplate(
    { UserData: { 'Fn::Base64': text(CLIENT) }, ...tagged(THROW_AWAY) },
    'LatticePorts',
  ),
  LatticeClients: fleet('LatticeClientTemplate'),
};

const GROUPS = ['LatticeEvenGroup', 'LatticeOddGroup'];

export const latticeWeights: Part = {
  name: 'lattice-weights',
  shows: 'a listener of VPC Lattice with two weighted target groups: all requests move to the bad one',
  shares: [],
  resources: {
    LatticePorts: securityGroup('lastgood verify-on-aws: the servers behind VPC Lattice', PORT, PORT),
    ...side('Even', GOOD),
    ...side('Odd', BAD),
    LatticeService: { Type: 'AWS::VpcLattice::Service', Properties: {} },
    LatticeListener: {
      Type: 'AWS::VpcLattice::Listener',
      Properties: {
        ServiceIdentifier: ref('LatticeService'),
        Protocol: 'HTTP',
        DefaultAction: {
          Forward: {
            TargetGroups: [
              { TargetGroupIdentifier: ref('LatticeEvenGroup'), Weight: 100 },
              { TargetGroupIdentifier: ref('LatticeOddGroup'), Weight: 0 },
            ],
          },
        },
        Tags: tagList({ ...FOR_LASTGOOD, ...THROW_AWAY }),
      },
    },
    ...NETWORK,
    // The dimension is the id of a group. Unknown: lattice-service-dimension.
    LatticeAlarm: shareAlarm(text('lattice:${LatticeService.Id}/${LatticeListener.Id}'), {
      Namespace: 'AWS/VpcLattice',
      ...{ errors: 'HTTPCode_5XX_Count', requests: 'TotalRequestCount' },
      dimensions: GROUPS.map((group) => [{ Name: 'TargetGroup', Value: attribute(group, 'Id') }]),
    }),
  },
  outputs: {
    LatticeService: attribute('LatticeService', 'Id'),
    LatticeListener: attribute('LatticeListener', 'Id'),
    ...Object.fromEntries(GROUPS.map((group) => [group, attribute(group, 'Id')])),
    LatticeAlarm: ref('LatticeAlarm'),
  },
  alarm: 'LatticeAlarm',
  priced: [LATTICE_SERVICE, instances(3), alarm(5)],
  target: (outputs) => `lattice:${outputs('LatticeService')}/${outputs('LatticeListener')}`,
  release: async ({ lattice }, outputs) => {
    await lattice.send(weighing(outputs, { LatticeEvenGroup: 0, LatticeOddGroup: 100 }));
  },
};

/** Returns the call that sets the weights of the listener's groups. */
export function weighing(outputs: Outputs, weights: Readonly<Record<string, number>>): UpdateListenerCommand {
  const targetGroups = Object.entries(weights).map(([group, weight]) => ({
    targetGroupIdentifier: outputs(group),
    weight,
  }));
  return new UpdateListenerCommand({
    serviceIdentifier: outputs('LatticeService'),
    listenerIdentifier: outputs('LatticeListener'),
    defaultAction: { forward: { targetGroups } },
  });
}
