import type { ModifyListenerInput, ModifyRuleInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ChangeResourceRecordSetsRequest } from '@aws-sdk/client-route-53';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { record } from './record.ts';

type Named = Pick<Call, 'operation' | 'input'>;

/** Returns the target that a call changes, as the call names it; null if it changes none. */
export function targetOf(call: Named, groupOfDeployment: (id: string) => string | null): string | null {
  const input = record(call.input);
  const text = (name: string): string => {
    const value = input[name];
    return typeof value === 'string' ? value : '';
  };
  switch (call.operation) {
    case 'UpdateService':
      return `ecs:${lastPart(text('cluster'))}/${lastPart(text('service'))}`;
    case 'StopServiceDeployment':
      return `ecs:${text('serviceDeploymentArn').split('/').slice(1, 3).join('/')}`;
    case 'ModifyRule':
      return `elb:${(call.input as ModifyRuleInput).RuleArn ?? ''}`;
    case 'ModifyListener':
      return `elb:${(call.input as ModifyListenerInput).ListenerArn ?? ''}`;
    case 'UpdateAlias':
      return `lambda:${text('FunctionName').split(':').at(-1) ?? ''}/${text('Name')}`;
    case 'ChangeResourceRecordSets':
      return nameOf(call.input as ChangeResourceRecordSetsRequest);
    case 'StartInstanceRefresh':
    case 'CancelInstanceRefresh':
    case 'RollbackInstanceRefresh':
    case 'UpdateAutoScalingGroup':
      return `asg:${text('AutoScalingGroupName')}`;
    case 'CreateDeployment':
      return `codedeploy:${text('applicationName')}/${text('deploymentGroupName')}`;
    case 'StopDeployment':
      return groupOfDeployment(text('deploymentId'));
    default:
      return null;
  }
}

function nameOf({ HostedZoneId = '', ChangeBatch }: ChangeResourceRecordSetsRequest): string | null {
  const changed = ChangeBatch?.Changes?.[0]?.ResourceRecordSet;
  if (changed === undefined) return null;
  return `route53:${lastPart(HostedZoneId)}/${(changed.Name ?? '').replace(/\.$/, '')}/${changed.Type ?? ''}`;
}

function lastPart(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1) ?? '';
}
