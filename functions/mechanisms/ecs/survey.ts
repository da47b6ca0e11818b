import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { candidatesOf, condemnedIn, deployedBefore, provenIn, type Candidate } from './candidates.ts';
import { condemnedAmong, type Condemned } from './condemned.ts';
import type { Ecs, Service, ServiceDeployment, ServiceRevision } from './ecs.ts';
import { withCurrent } from './list-deployments.ts';
import { describeRevisions, unknownRevision } from './revisions.ts';
import { toDeployment } from './rollout.ts';
import { standingOf, type Standing } from './standing.ts';
import { serviceOf, type ServiceName } from './target.ts';

/** Everything a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  /** The revisions whose content was at fault once. */
  readonly condemned: Condemned;
  /** Ids of the revisions that the ledger has as proven. */
  readonly proven: ReadonlySet<string>;
  /** Null: ECS remembers no deployment. */
  readonly rollout: Rollout | null;
}

/** The newest deployment, and what there is to put in its place. */
export interface Rollout {
  readonly newest: ServiceDeployment;
  readonly standing: Standing;
  /** What `standing.from` deploys. */
  readonly atFault: ServiceRevision;
  readonly candidates: readonly Candidate[];
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
  readonly deployment: Deployment;
}

/** As many as are looked into from each source, to tell which of them are fit. */
const MOST = 20;

interface Clients {
  readonly ecs: Ecs;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** @throws InvalidRequest */
export async function survey(
  { request }: Claimed,
  service: Service,
  { ecs, ledger }: Clients,
): Promise<Survey> {
  const name = serviceOf(request.target);
  const [listed, entries] = await Promise.all([ecs.deployments(name), ledger.entries(request.target)]);
  const deployments = await withCurrent(ecs, listed, service);
  const proven = new Set(provenIn(entries));
  const newest = deployments[0] === undefined ? null : await ecs.deployment(deployments[0].arn);
  if (newest === null) return { name, service, condemned: new Map(), proven, rollout: null };
  const standing = standingOf(newest, deployments);
  const eligible = [provenIn(entries), deployedBefore(deployments, newest)].flatMap((ids) =>
    ids.slice(0, MOST),
  );
  const revisions = await describeRevisions(ecs, [
    ...idsOf(newest, standing),
    ...(request.revision === undefined ? eligible : [request.revision]),
    ...condemnedIn(entries),
  ]);
  const condemned = condemnedAmong(revisions, entries);
  const unfit = new Set([...condemned.keys(), standing.from, newest.revision]);
  const candidates =
    requested(request.revision, condemned) ?? candidatesOf(entries, deployments, newest, unfit);
  if (request.revision !== undefined) checkRequested(request.revision, service, revisions);
  const atFault = revisions.get(standing.from) ?? unknownRevision(standing.from);
  const deployment = toDeployment(newest, revisions, condemned);
  return {
    name,
    service,
    condemned,
    proven,
    rollout: { newest, standing, atFault, candidates, revisions, deployment },
  };
}

/** What was condemned is named as it was condemned, so that the judge asks whether that is meant. */
function requested(revision: string | undefined, condemned: Condemned): readonly Candidate[] | null {
  return revision === undefined
    ? null
    : [{ revision: condemned.get(revision) ?? revision, source: 'request' }];
}

function idsOf(
  { revision, sources }: ServiceDeployment,
  { from, native }: Standing,
): readonly (string | null)[] {
  return [from, revision, native, ...sources.map((source) => source.revision)];
}

function checkRequested(
  revision: string,
  service: Service,
  revisions: ReadonlyMap<string, ServiceRevision>,
): void {
  const found = revisions.get(revision);
  if (found === undefined)
    throw new InvalidRequest('request.revision', `ECS knows no service revision ${JSON.stringify(revision)}`);
  if (found.serviceArn !== service.arn)
    throw new InvalidRequest('request.revision', `${revision} is a revision of another service`);
}
