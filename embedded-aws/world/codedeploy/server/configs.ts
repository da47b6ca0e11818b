/**
 * Returns how many instances must stay healthy, by the predefined deployment configurations.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 * @throws Error for a configuration that is not modelled
 */
export function leastHealthy(configName: string, instances: number): number {
  switch (configName) {
    case 'CodeDeployDefault.AllAtOnce':
      return 0;
    case 'CodeDeployDefault.HalfAtATime':
      return Math.ceil(instances / 2);
    case 'CodeDeployDefault.OneAtATime':
      return Math.max(0, instances - 1);
    default:
      throw new Error(`the deployment configuration ${configName} is not modelled`);
  }
}
