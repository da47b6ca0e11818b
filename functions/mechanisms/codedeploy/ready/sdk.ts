import { GetDeploymentConfigCommand, type CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { readSetup, type Setup } from '../../../../src/aws/code-deploy/setup.ts';
import type { GroupName } from '../../../../src/targets/kinds/codedeploy/target.ts';

/** AWS CodeDeploy, for a check of readiness. All calls only read. */
export interface Settings {
  setup(name: GroupName): Promise<Setup>;
  /** Returns how many instances must stay healthy, in the unit of the configuration; null: it does not say. */
  minimumHealthy(config: string): Promise<number | null>;
}

export function createSettings(client: CodeDeployClient): Settings {
  return {
    setup: (name) => readSetup(client, name),
    minimumHealthy: async (deploymentConfigName) => {
      const command = new GetDeploymentConfigCommand({ deploymentConfigName });
      return (await client.send(command)).deploymentConfigInfo?.minimumHealthyHosts?.value ?? null;
    },
  };
}
