import { ECSClient } from '@aws-sdk/client-ecs';
import { clientOptions } from '../../../src/aws/client.ts';
import type { Sighting } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { deployedRevision } from './deployed.ts';
import type { Ecs, Service } from './ecs.ts';
import { createEcs } from './sdk.ts';
import { serviceOf } from './target.ts';
import type { Deployed, SweptKind } from '../../sweep/kind.ts';

/** What the sweep asks of ECS services. */
export function createSweptKind(): SweptKind {
  const ecs = createEcs(new ECSClient(clientOptions));
  return { deployed: (sighting) => deployed(ecs, sighting) };
}

type Reads = Pick<Ecs, 'service' | 'deployments' | 'deployment' | 'revisions'>;

/** Of one ECS service. */
export async function deployed(ecs: Reads, sighting: Sighting): Promise<Deployed | null> {
  const service = await ecs.service(serviceOf(sighting.target));
  if (service?.status !== 'ACTIVE') return null;
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
