import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Access } from '../service.ts';

interface Asked {
  readonly Actions?: readonly Action[];
  readonly DefaultActions?: readonly Action[];
}

/** The refusal, as quoted in https://github.com/awslabs/kubeflow-manifests/issues/18 */
const REFUSAL = new AwsError(
  'InvalidLoadBalancerAction',
  "User is not authorized to perform 'describeUserPoolClient'",
);

/** Reads the clients of the user pools that a list of actions names, on behalf of the caller. */
export function userPoolClients({ Actions = [], DefaultActions = [] }: Asked): readonly Access[] {
  return [...Actions, ...DefaultActions].flatMap(({ AuthenticateCognitoConfig: config }) =>
    config?.UserPoolArn === undefined
      ? []
      : [{ action: 'cognito-idp:DescribeUserPoolClient', resource: config.UserPoolArn, refusal: REFUSAL }],
  );
}
