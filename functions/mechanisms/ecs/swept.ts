import { ECSClient } from '@aws-sdk/client-ecs';
import { clientOptions } from '../../../src/aws/client.ts';
import type { Sighting } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { deployedRevision } from './deployed.ts';
import type { Ecs, Service } from './ecs.ts';
import { createEcs } from './sdk.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import { isStaying } from './supported.ts';
import { kind, readName, serviceOf, type ServiceName } from './target.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { deployed as ofTaskSet, seen } from './task-sets/swept.ts';
import type { TaskSets } from './task-sets/task-sets.ts';
import type { Deployed, SweptKind } from '../../sweep/kind.ts';

/** What the sweep asks of ECS services. */
export function createSweptKind(): SweptKind {
  const client = new ECSClient(clientOptions);
  const reads = { ...createEcs(client), taskSets: createTaskSets(client) };
  return {
    deployed: (sighting) => deployed(reads, sighting),
    seen: async ({ optedIn }) => {
      const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
      return seenAmong(reads, names.map(readName));
    },
  };
}

export type Reads = Pick<Ecs, 'service' | 'deployments' | 'deployment' | 'revisions'> & {
  readonly taskSets: Pick<TaskSets, 'of'>;
};

/**
 * EventBridge delivers the deployment events of ECS durably, so only services that ECS does not deploy are looked at.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ecs.html
 */
export async function seenAmong(
  ecs: Pick<Reads, 'service' | 'taskSets'>,
  names: readonly ServiceName[],
): Promise<readonly DeploymentSighting[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const service = await ecs.service(name);
      const isOurs = service !== null && isStaying(service) && service.controller !== 'ECS';
      return isOurs ? seen(ecs.taskSets, name) : [];
    }),
  );
  return found.flat();
}

/** Of one ECS service. */
export async function deployed(ecs: Reads, sighting: Sighting): Promise<Deployed | null> {
  const service = await ecs.service(serviceOf(sighting.target));
  if (service?.status !== 'ACTIVE') return null;
  if (service.controller !== 'ECS') return ofTaskSet(ecs.taskSets, service, sighting);
  const revision = await deployedRevision(ecs, sighting);
  if (revision === null) return null;
  return { revision, runs: standing(service, revision), tags: service.tags, alarms: service.alarms };
}

function standing({ revisions }: Service, { id }: Revision): Deployed['runs'] {
  const runs = revisions.some(({ revision, running }) => revision === id && running > 0);
  const others = revisions.some(
    ({ revision, running, requested }) => revision !== id && running + requested > 0,
  );
  if (runs === others) return 'unclear';
  return runs ? 'alone' : 'gone';
}
