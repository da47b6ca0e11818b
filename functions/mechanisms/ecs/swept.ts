import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions, setting } from '../../../src/aws/client.ts';
import { createLedger } from '../../../src/ledger/dynamodb.ts';
import type { Entry, Ledger, Sighting } from '../../../src/ledger/ledger.ts';
import type { Revision } from '../../../src/rollback/plan.ts';
import { condemnedIn } from './candidates.ts';
import { condemnedAmong } from './condemned.ts';
import { createCodeDeploy } from './code-deploy/sdk.ts';
import { contentsOf } from './content.ts';
import { deployedRevision } from './deployed.ts';
import type { Ecs, Service, ServiceRevision } from './ecs.ts';
import { describeRevisions, toRevision } from './revisions.ts';
import { createEcs } from './sdk.ts';
import type { DeploymentSighting } from '../../../src/targets/kind.ts';
import { isStaying } from './supported.ts';
import { kind, readName, serviceOf, type ServiceName } from './target.ts';
import { createTaskSets } from './task-sets/sdk.ts';
import { twinOf } from './task-sets/history.ts';
import { contentsOfDefinitions } from './task-sets/revisions.ts';
import { deployed as ofTaskSet, seen, type Reads as SetReads } from './task-sets/swept.ts';
import type { TaskSets } from './task-sets/task-sets.ts';
import type { Deployed, SweptKind } from '../../sweep/kind.ts';

/** What the sweep asks of ECS services. */
export function createSweptKind(): SweptKind {
  const client = new ECSClient(clientOptions);
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const codeDeploy = createCodeDeploy(new CodeDeployClient(clientOptions));
  const reads = { ...createEcs(client), taskSets: createTaskSets(client), codeDeploy };
  return {
    deployed: (sighting) => deployed(reads, ledger, sighting),
    seen: async ({ optedIn }) => {
      const names = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
      return seenAmong(reads, names.map(readName));
    },
  };
}

export type Reads = Pick<Ecs, 'service' | 'deployments' | 'deployment' | 'revisions' | 'taskDefinition'> & {
  readonly taskSets: Pick<TaskSets, 'of'>;
};

/**
 * EventBridge delivers the deployment events of ECS durably, so only services that ECS does not deploy are looked at.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ecs.html
 */
export async function seenAmong(
  ecs: Pick<Reads, 'service'> & SetReads,
  names: readonly ServiceName[],
): Promise<readonly DeploymentSighting[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const service = await ecs.service(name);
      const isOurs = service !== null && isStaying(service) && service.controller !== 'ECS';
      return isOurs ? seen(ecs, name) : [];
    }),
  );
  return found.flat();
}

/** Of one ECS service. */
export async function deployed(
  ecs: Reads,
  ledger: Pick<Ledger, 'entries'>,
  sighting: Sighting,
): Promise<Deployed | null> {
  const service = await ecs.service(serviceOf(sighting.target));
  if (service?.status !== 'ACTIVE') return null;
  if (service.controller !== 'ECS') {
    const found = await ofTaskSet(ecs.taskSets, service, sighting);
    return found && { ...found, revision: await asCondemned(ecs, found.revision, sighting.target, ledger) };
  }
  const found = await deployedRevision(ecs, sighting);
  if (found === null) return null;
  const revision = await namedInLedger(ecs, found, await ledger.entries(sighting.target));
  return { revision, runs: standing(service, found.arn), tags: service.tags, alarms: service.alarms };
}

/** What comes back under another id than it was condemned under is named by that one, which is never proven. */
async function namedInLedger(
  ecs: Pick<Reads, 'revisions' | 'taskDefinition'>,
  found: ServiceRevision,
  entries: readonly Entry[],
): Promise<Revision> {
  const bad = await describeRevisions(ecs, [...condemnedIn(entries)]);
  const revisions = new Map([...bad, [found.arn, found]]);
  const contents = await contentsOf([found, ...bad.values()], ecs);
  const id = condemnedAmong(revisions, entries, contents).get(found.arn) ?? found.arn;
  return { ...toRevision(found.arn, revisions), id };
}

/** A service that ECS does not deploy has no service revisions: its task definitions are compared. */
async function asCondemned(
  ecs: Pick<Reads, 'taskDefinition'>,
  revision: Revision,
  target: string,
  ledger: Pick<Ledger, 'entries'>,
): Promise<Revision> {
  const condemned = condemnedIn(await ledger.entries(target));
  if (condemned.size === 0) return revision;
  const contents = await contentsOfDefinitions([revision.id, ...condemned], ecs);
  return { ...revision, id: twinOf(revision.id, condemned, contents) };
}

function standing({ revisions }: Service, id: string): Deployed['runs'] {
  const runs = revisions.some(({ revision, running }) => revision === id && running > 0);
  const others = revisions.some(
    ({ revision, running, requested }) => revision !== id && running + requested > 0,
  );
  if (runs === others) return 'unclear';
  return runs ? 'alone' : 'gone';
}
