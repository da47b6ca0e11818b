import { arn } from '../aws.ts';
import type { Ids } from './state.ts';

/*
 * ARNs, as in https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
 */

export function applicationArn({ ApplicationId = '' }: Ids): string {
  return arn('appconfig', `application/${ApplicationId}`);
}

export function environmentArn({ EnvironmentId = '', ...ids }: Ids): string {
  return `${applicationArn(ids)}/environment/${EnvironmentId}`;
}

export function profileArn({ ConfigurationProfileId = '', ...ids }: Ids): string {
  return `${applicationArn(ids)}/configurationprofile/${ConfigurationProfileId}`;
}

export function deploymentArn({ DeploymentNumber = 0, ...ids }: Ids): string {
  return `${environmentArn(ids)}/deployment/${DeploymentNumber}`;
}

export function strategyArn(id: string): string {
  return arn('appconfig', `deploymentstrategy/${id}`);
}
