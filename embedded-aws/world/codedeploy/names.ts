import { arn } from '../aws.ts';

/* https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html */

export function applicationArn(name: string): string {
  return arn('codedeploy', `application:${name}`);
}

export function groupArn(application: string, group: string): string {
  return arn('codedeploy', `deploymentgroup:${application}/${group}`);
}

export function configArn(name: string): string {
  return arn('codedeploy', `deploymentconfig:${name}`);
}
