import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { settledOf } from '../../../src/aws/each.ts';
import { createRota } from '../../../src/aws/rota.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Page, Reconciler, Seen, SweepContext, Unit } from '../../../src/targets/kind.ts';
import { kind, readName } from '../../../src/targets/kinds/ecs/target.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { createEcs } from './sdk.ts';
import { createServices, MAX_SERVICES, type Services } from './services.ts';
import { readAhead } from './sweep/ahead.ts';
import { deployed } from './sweep/deployed.ts';
import { seenOf, type Seeing } from './sweep/seen.ts';
import { DEFINITIONS, LEFT_OVERS, LISTS, PAGES, PROOFS, REVISIONS, STALLS, TASKS } from './sweep/shares.ts';
import { createTasks } from './tasks/sdk.ts';

/** Creates what the sweep uses to reconcile ECS services. */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const client = connect(ECSClient);
  const ecs = createEcs(client);
  const services = createServices(client);
  const seeing = {
    ecs,
    codeDeploy: createCodeDeploy(connect(CodeDeployClient)),
    tasks: createTasks(client),
    tasksTurns: createRota(TASKS.callsPerMinute),
    leftOverTurns: createRota(LEFT_OVERS.callsPerMinute),
    now,
  };
  return {
    shares: [PAGES, PROOFS, LISTS, STALLS, REVISIONS, DEFINITIONS, TASKS, LEFT_OVERS],
    unitsPerPage: MAX_SERVICES,
    units,
    read: (page) => read(page, services, seeing),
    provesPerMinute: PROOFS.callsPerMinute * MAX_SERVICES,
    deployed: async (observed, { entriesOf }) => {
      const reads = await readAhead({ ...ecs, services, entries: entriesOf }, observed);
      return settledOf(observed, (one) => deployed(reads, one));
    },
  };
}

async function units({ optedIn }: SweepContext): Promise<readonly Unit[]> {
  const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
  return names.map(readName).map(({ cluster, service }) => ({ batch: cluster, name: service }));
}

/** Reads up to ten services of a cluster. */
export async function read(page: Page, services: Services, seeing: Seeing): Promise<readonly Seen[]> {
  const [{ batch: cluster }] = page;
  const names = page.map(({ name }) => name);
  const described = await services.in(cluster, names);
  const byName = new Map(described.map((one) => [one.name.service, one]));
  return page.flatMap((unit) => {
    const found = byName.get(unit.name);
    return found === undefined ? [] : seenOf(unit, found, seeing);
  });
}
