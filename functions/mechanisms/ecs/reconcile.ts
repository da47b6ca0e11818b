import { condemnedIds } from '../../../src/ledger/among.ts';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { tablesOf } from '../../../src/aws/tables.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import { createLedger } from '../../../src/ledger/dynamodb.ts';
import type { Entry, KeptRevision, Ledger, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import type { CodeDeploy } from './code-deploy/code-deploy.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { condemnedAmong } from './condemned.ts';
import { contentsOf, keptContents, mayBeSame } from './content.ts';
import { definitionsOf } from './definitions.ts';
import { deployedRevision } from './deployed.ts';
import type { Ecs, Service, ServiceRevision } from './ecs.ts';
import { stalledOf } from './progress/stalled.ts';
import { describeRevisions, toRevision } from './revisions.ts';
import { createEcs } from './sdk.ts';
import { createServices, type Services } from './services.ts';
import type { ObservedDeployment, Deployed, Reconciler } from '../../../src/targets/kind.ts';
import { isStaying } from './supported.ts';
import { kind, readName, serviceOf, type ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { twinOf } from './task-sets/history.ts';
import { contentsOfDefinitions } from './task-sets/revisions.ts';
import { deployed as ofTaskSet, recentDeployments } from './task-sets/reconcile.ts';
import type { TaskSets } from './task-sets/task-sets.ts';
import { createTasks } from './tasks/sdk.ts';
import type { Tasks } from './tasks/tasks.ts';

/** Creates what the sweep uses to reconcile ECS services. */
export function createReconciler(surroundings: Surroundings): Reconciler {
  const { connect, setting, now } = surroundings;
  const client = connect(ECSClient);
  const ledger = createLedger(tablesOf(surroundings), setting('LEDGER_TABLE'));
  const ecs = createEcs(client);
  const taskSets = createTaskSets(client);
  const codeDeploy = createCodeDeploy(connect(CodeDeployClient));
  const seeing = {
    ecs,
    taskSets,
    codeDeploy,
    services: createServices(client),
    tasks: createTasks(client),
    now,
  };
  return {
    deployed: (observed) => deployed({ ...ecs, taskSets }, ledger, observed),
    recentDeployments: async ({ optedIn }) => {
      const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
      return seenAmong(seeing, names.map(readName));
    },
  };
}

export type Reads = Pick<Ecs, 'service' | 'deployments' | 'deployment' | 'revisions' | 'taskDefinition'> & {
  readonly taskSets: Pick<TaskSets, 'of'>;
};

export interface Seeing {
  readonly ecs: Pick<Ecs, 'deployment'>;
  readonly services: Services;
  readonly codeDeploy: Pick<CodeDeploy, 'deployment'>;
  readonly taskSets: Pick<TaskSets, 'of'>;
  readonly tasks: Tasks;
  readonly now: () => string;
}

/**
 * Finds serving task sets and stalled deployments. Events report the results of ECS's own deployments, which
 * EventBridge delivers durably.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ecs.html
 */
export async function seenAmong(
  seeing: Seeing,
  names: readonly ServiceName[],
): Promise<readonly ObservedDeployment[]> {
  const services = await seeing.services.named(names);
  const found = await Promise.all(services.map((one) => seenOf(one, seeing)));
  return found.flat();
}

async function seenOf(
  { name, service }: Awaited<ReturnType<Services['named']>>[number],
  seeing: Seeing,
): Promise<readonly ObservedDeployment[]> {
  if (!isStaying(service)) return [];
  const sets = service.controller === 'ECS' ? [] : await seeing.taskSets.of(name);
  const [known, stalled] = await Promise.all([
    recentDeployments(sets, name, seeing.codeDeploy),
    stalledOf(name, service, seeing, sets),
  ]);
  return [...known, ...(stalled === null ? [] : [stalled])];
}

/** Reads the deployment of one ECS service. */
export async function deployed(
  ecs: Reads,
  ledger: Pick<Ledger, 'entries'>,
  observed: ObservedRevision,
): Promise<Deployed | null> {
  const service = await ecs.service(serviceOf(observed.target));
  if (service?.status !== 'ACTIVE') return null;
  if (service.controller !== 'ECS') {
    const found = await ofTaskSet(ecs.taskSets, service, observed);
    return found && { ...found, revision: await asCondemned(ecs, found.revision, observed.target, ledger) };
  }
  const found = await deployedRevision(ecs, observed);
  if (found === null) return null;
  const revision = await namedInLedger(ecs, found, await ledger.entries(observed.target));
  return { revision, runs: standing(service, found.arn), tags: service.tags, alarms: service.alarms };
}

/**
 * Returns a revision with its content, under its condemned id if that content was condemned under another one. Such a
 * revision is never proven. The ledger keeps the content, so that a plan need not read it.
 */
async function namedInLedger(
  ecs: Pick<Reads, 'revisions' | 'taskDefinition'>,
  found: ServiceRevision,
  entries: readonly Entry[],
): Promise<KeptRevision> {
  const kept = keptContents(entries);
  const uncompared = [...condemnedIds(entries)].filter((id) => !kept.has(id));
  const revisions = new Map([...(await describeRevisions(ecs, uncompared)), [found.arn, found]]);
  const definitions = definitionsOf(ecs, Infinity);
  await definitions.read(definitionsOfAll(found, revisions));
  const contents = new Map([...kept, ...contentsOf(revisions.values(), definitions.settings())]);
  const id = condemnedAmong({ revisions, entries, contents }).get(found.arn) ?? found.arn;
  const content = contents.get(found.arn);
  return { ...toRevision(found.arn, revisions), id, ...(content !== undefined && { content }) };
}

/** Returns its own task definition, and those of condemned revisions that differ in nothing else. */
function definitionsOfAll(
  found: ServiceRevision,
  revisions: ReadonlyMap<string, ServiceRevision>,
): readonly string[] {
  const shapes = contentsOf(revisions.values(), new Map());
  const alike = [...revisions.values()].filter(({ arn }) =>
    mayBeSame(shapes.get(arn), shapes.get(found.arn)),
  );
  return [found, ...alike].map(({ configuration }) => configuration.taskDefinition);
}

/** Compares task definitions, because a service that ECS does not deploy has no service revisions. */
async function asCondemned(
  ecs: Pick<Reads, 'taskDefinition'>,
  revision: Revision,
  target: string,
  ledger: Pick<Ledger, 'entries'>,
): Promise<KeptRevision> {
  const entries = await ledger.entries(target);
  const [condemned, kept] = [condemnedIds(entries), keptContents(entries)];
  const definitions = definitionsOf(ecs, Infinity);
  await definitions.read([revision.id, ...[...condemned].filter((id) => !kept.has(id))]);
  const contents = contentsOfDefinitions([revision.id, ...condemned], definitions, kept);
  const content = contents.get(revision.id);
  return {
    ...revision,
    id: twinOf(revision.id, condemned, contents),
    ...(content !== undefined && { content }),
  };
}

function standing({ revisions }: Service, id: string): Deployed['runs'] {
  const runs = revisions.some(({ revision, running }) => revision === id && running > 0);
  const others = revisions.some(
    ({ revision, running, requested }) => revision !== id && running + requested > 0,
  );
  if (runs === others) return 'unclear';
  return runs ? 'alone' : 'gone';
}
