import type { Instance } from '../../fleet/fleet.ts';
import { invalid } from '../errors.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import type { Run } from '../run.ts';
import { Crew, overviewOf, targetOf } from './crew.ts';
import { lead } from './environments.ts';
import type { Ground } from './ground.ts';
import { joining, leaving } from './lifecycle.ts';

/** The instances of a blue/green deployment. */
export interface Environments {
  readonly original: readonly Instance[];
  readonly replacement: readonly Instance[];
}

/**
 * Rolls a blue/green deployment back: its original instances serve again; its replacements are deregistered and
 * terminated. Nothing is installed, so the bundle is not needed.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/welcome.html#welcome-deployment-overview-blue-green
 */
export function startTakeBack(
  ground: Ground,
  deployment: Deployment,
  desk: Desk,
  { original, replacement }: Environments,
): Run {
  const into = (instance: Instance) => joining(ground, deployment, instance);
  const out = (instance: Instance) => leaving(ground, deployment, instance);
  const back = new Crew(ground.clock, original, 'Green');
  const away = new Crew(ground.clock, replacement, 'Blue');
  const members = () => [...away.members, ...back.members];
  lead(back, into, desk, () =>
    lead(away, out, desk, () => {
      for (const { instance } of away.members) ground.fleet.terminate(instance.id);
      desk.succeed();
    }),
  );
  return {
    stop: () => {
      back.stop();
      away.stop();
    },
    proceed: () => {
      throw invalid('DeploymentIsNotInReadyStateException', 'The deployment is not in a ready state.');
    },
    targets: () => members().map((member) => targetOf(deployment.id, member)),
    overview: () => overviewOf(members()),
  };
}
