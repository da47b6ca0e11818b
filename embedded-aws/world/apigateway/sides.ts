import type { Deployment, RestApi, Stage, Variables } from './model.ts';

/** A deployment that answers requests of a stage, with the variables that it sees. */
export interface Side {
  readonly deployment: Deployment;
  readonly variables: Variables;
  /** Of the requests, 0 to 1. */
  readonly share: number;
}

/** Returns the sides of a stage. The canary sees the stage's variables, but for its overrides. */
export function sidesOf({ deployments }: RestApi, { settings }: Stage): readonly Side[] {
  const { deploymentId, variables, canary } = settings;
  const share = (canary?.percent ?? 0) / 100;
  const side = (id: string, sees: Variables, of: number): readonly Side[] => {
    const deployment = deployments.get(id);
    return deployment === undefined || of === 0 ? [] : [{ deployment, variables: sees, share: of }];
  };
  return [
    ...side(deploymentId, variables, 1 - share),
    ...(canary === null ? [] : side(canary.deploymentId, { ...variables, ...canary.overrides }, share)),
  ];
}

/** Returns whether a snapshot runs with the variables for which it was written. */
export function isComplete({ deployment, variables }: Side): boolean {
  return Object.entries(deployment.definition.expects ?? {}).every(
    ([name, value]) => variables[name] === value,
  );
}
