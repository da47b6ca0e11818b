import type { CreateDeploymentGroupInput, CreateDeploymentOutput } from '@aws-sdk/client-codedeploy';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Stage } from '../stage.ts';

/** Deploys as the Serverless Application Model does, with a group without tags. Returns the deployment's id. */
export function shift(
  stage: Stage,
  CurrentVersion: string,
  TargetVersion: string,
  config = 'LambdaCanary10Percent15Minutes',
): string {
  const names = { applicationName: 'checkout', deploymentGroupName: 'live' };
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Lambda' });
  const group: CreateDeploymentGroupInput = {
    ...names,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentConfigName: `CodeDeployDefault.${config}`,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  };
  stage.call('codedeploy', 'CreateDeploymentGroup', group);
  const Properties = { Name: 'checkout', Alias: 'live', CurrentVersion, TargetVersion };
  const Resources = [{ checkout: { Type: 'AWS::Lambda::Function', Properties } }];
  const appSpecContent = { content: JSON.stringify({ version: 0.0, Resources }) };
  const revision = { revisionType: 'AppSpecContent', appSpecContent };
  const input = { ...names, revision };
  const { deploymentId = '' } = stage.call<CreateDeploymentOutput>('codedeploy', 'CreateDeployment', input);
  stage.journal.note(`CodeDeploy shifts the alias from version ${CurrentVersion} to ${TargetVersion}`);
  return deploymentId;
}
