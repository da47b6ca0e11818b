/** One step of a shift: its delay after the step before, and its percentage of the traffic. */
export interface ShiftStep {
  readonly afterSeconds: number;
  readonly percent: number;
}

const CANARY = /^CodeDeployDefault\.ECSCanary(\d+)Percent(\d+)Minutes$/;
const LINEAR = /^CodeDeployDefault\.ECSLinear(\d+)PercentEvery(\d+)Minutes$/;

/**
 * Returns the steps of the predefined deployment configurations.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 * @throws Error for a configuration that is not modelled
 */
export function stepsOf(configName: string): readonly ShiftStep[] {
  if (configName === 'CodeDeployDefault.ECSAllAtOnce') return [{ afterSeconds: 1, percent: 100 }];
  const [, first, wait] = CANARY.exec(configName) ?? [];
  if (first !== undefined)
    return [
      { afterSeconds: 1, percent: Number(first) },
      { afterSeconds: Number(wait) * 60, percent: 100 },
    ];
  const [, step, every] = LINEAR.exec(configName) ?? [];
  if (step === undefined) throw new Error(`the deployment configuration ${configName} is not modelled`);
  return Array.from({ length: 100 / Number(step) }, (_, index) => ({
    afterSeconds: index === 0 ? 1 : Number(every) * 60,
    percent: Number(step) * (index + 1),
  }));
}
