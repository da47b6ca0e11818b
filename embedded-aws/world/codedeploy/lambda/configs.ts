/** One step of a shift: its delay after the step before, and its percentage of the traffic. */
export interface ShiftStep {
  readonly afterSeconds: number;
  readonly percent: number;
}

const CANARY = /^CodeDeployDefault\.LambdaCanary(\d+)Percent(\d+)Minutes$/;
const LINEAR = /^CodeDeployDefault\.LambdaLinear(\d+)PercentEvery(\d+)Minutes?$/;

/**
 * Returns the steps of the predefined deployment configurations.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 * @throws Error for a configuration that is not modelled
 */
export function stepsOf(configName: string): readonly ShiftStep[] {
  if (configName === 'CodeDeployDefault.LambdaAllAtOnce') return [{ afterSeconds: 1, percent: 100 }];
  const [, canary, wait] = CANARY.exec(configName) ?? [];
  if (canary !== undefined) {
    return [
      { afterSeconds: 1, percent: Number(canary) },
      { afterSeconds: Number(wait) * 60, percent: 100 },
    ];
  }
  const [, linear, every] = LINEAR.exec(configName) ?? [];
  if (linear === undefined) throw new Error(`the deployment configuration ${configName} is not modelled`);
  return Array.from({ length: 100 / Number(linear) }, (_, index) => ({
    afterSeconds: index === 0 ? 1 : Number(every) * 60,
    percent: Number(linear) * (index + 1),
  }));
}
