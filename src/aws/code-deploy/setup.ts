import {
  GetDeploymentGroupCommand,
  type CodeDeployClient,
  type DeploymentGroupInfo,
} from '@aws-sdk/client-codedeploy';

/** The settings of a deployment group, as only a check of readiness reads them. */
export interface Setup {
  readonly config: string;
  /** Events after which CodeDeploy rolls a deployment back. */
  readonly rollsBackOn: readonly string[];
  /** Names of the alarms that stop a deployment. */
  readonly alarms: readonly string[];
  readonly isBlueGreen: boolean;
  /**
   * Minutes for which the old side lives on after the traffic has moved. Null: nothing ends it, or there is none.
   */
  readonly blueMinutes: number | null;
}

/** Reads the settings of a deployment group. */
export async function readSetup(
  client: Pick<CodeDeployClient, 'send'>,
  { application, group }: { readonly application: string; readonly group: string },
): Promise<Setup> {
  const input = { applicationName: application, deploymentGroupName: group };
  const { deploymentGroupInfo = {} } = await client.send(new GetDeploymentGroupCommand(input));
  return toSetup(deploymentGroupInfo);
}

function toSetup(info: DeploymentGroupInfo): Setup {
  const { autoRollbackConfiguration: rollback, alarmConfiguration: watching } = info;
  const isBlueGreen = info.deploymentStyle?.deploymentType === 'BLUE_GREEN';
  const { action, terminationWaitTimeInMinutes: minutes = 0 } =
    info.blueGreenDeploymentConfiguration?.terminateBlueInstancesOnDeploymentSuccess ?? {};
  return {
    config: info.deploymentConfigName ?? '',
    rollsBackOn: rollback?.enabled === true ? (rollback.events ?? []) : [],
    alarms: watching?.enabled === true ? (watching.alarms ?? []).flatMap(({ name }) => name ?? []) : [],
    isBlueGreen,
    blueMinutes: isBlueGreen && action === 'TERMINATE' ? minutes : null,
  };
}
