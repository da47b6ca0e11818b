import type {
  CreateDeploymentGroupInput,
  CreateDeploymentOutput,
  GetDeploymentGroupOutput,
} from '@aws-sdk/client-codedeploy';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Stage } from '../stage.ts';

const GROUP = { applicationName: 'checkout', deploymentGroupName: 'live' };

/** Deploys as the Serverless Application Model does, with a group without tags. Returns the deployment's id. */
export function shift(
  stage: Stage,
  CurrentVersion: string,
  TargetVersion: string,
  config = 'LambdaCanary10Percent15Minutes',
): string {
  createGroup(stage, config);
  return deploy(stage, CurrentVersion, TargetVersion);
}

/** Creates the deployment group of the alias. */
export function createGroup(
  stage: Stage,
  config: string,
  settings: Partial<CreateDeploymentGroupInput> = {},
): void {
  stage.call('codedeploy', 'CreateApplication', { applicationName: 'checkout', computePlatform: 'Lambda' });
  const group: CreateDeploymentGroupInput = {
    ...GROUP,
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/codedeploy`,
    deploymentConfigName: `CodeDeployDefault.${config}`,
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ...settings,
  };
  stage.call('codedeploy', 'CreateDeploymentGroup', group);
}

/** Shifts the alias by the deployment group. Returns the deployment's id. */
export function deploy(stage: Stage, CurrentVersion: string, TargetVersion: string): string {
  const Properties = { Name: 'checkout', Alias: 'live', CurrentVersion, TargetVersion };
  const Resources = [{ checkout: { Type: 'AWS::Lambda::Function', Properties } }];
  const appSpecContent = { content: JSON.stringify({ version: 0.0, Resources }) };
  const revision = { revisionType: 'AppSpecContent', appSpecContent };
  const input = { ...GROUP, revision };
  const { deploymentId = '' } = stage.call<CreateDeploymentOutput>('codedeploy', 'CreateDeployment', input);
  stage.journal.note(`CodeDeploy shifts the alias from version ${CurrentVersion} to ${TargetVersion}`);
  return deploymentId;
}

/** Returns the id of the newest deployment of the group; empty: there is none. */
export function newest(stage: Stage): string {
  const { deploymentGroupInfo } = stage.call<GetDeploymentGroupOutput>(
    'codedeploy',
    'GetDeploymentGroup',
    GROUP,
  );
  return deploymentGroupInfo?.lastAttemptedDeployment?.deploymentId ?? '';
}
