import {
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  type CodeDeployClient,
  type DeploymentGroupInfo,
} from '@aws-sdk/client-codedeploy';
import type { GroupName } from '../../../../src/targets/kinds/codedeploy/target.ts';

/** The settings of a deployment group, as only a check of readiness reads them. */
export interface Setup {
  readonly config: string;
  /** Events after which CodeDeploy rolls a deployment back. */
  readonly rollsBackOn: readonly string[];
  /** Names of the alarms that stop a deployment. */
  readonly alarms: readonly string[];
  readonly isBlueGreen: boolean;
  /**
   * Minutes for which the old instances live on after the traffic has moved. Null: nothing ends them, or there are none.
   */
  readonly blueMinutes: number | null;
}

/** AWS CodeDeploy, for a check of readiness. All calls only read. */
export interface Settings {
  setup(name: GroupName): Promise<Setup>;
  /** Returns how many instances must stay healthy, in the unit of the configuration; null: it does not say. */
  minimumHealthy(config: string): Promise<number | null>;
}

export function createSettings(client: CodeDeployClient): Settings {
  return {
    setup: async ({ application, group }) => {
      const input = { applicationName: application, deploymentGroupName: group };
      const { deploymentGroupInfo = {} } = await client.send(new GetDeploymentGroupCommand(input));
      return toSetup(deploymentGroupInfo);
    },
    minimumHealthy: async (deploymentConfigName) => {
      const command = new GetDeploymentConfigCommand({ deploymentConfigName });
      return (await client.send(command)).deploymentConfigInfo?.minimumHealthyHosts?.value ?? null;
    },
  };
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
