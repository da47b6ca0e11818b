import { condemnedIds, provenIds } from '../../../../src/ledger/among.ts';
import type { Entry, Ledger } from '../../../../src/ledger/ledger.ts';
import { isFit as isFitFrom } from '../../../../src/rollback/course.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../../src/rollback/errors.ts';
import { MAX_RECENT_DEPLOYMENTS, type Deployment, type Meter } from '../../../../src/rollback/plan.ts';
import { blameOf, type Blame, type Recent } from '../blame.ts';
import type { Candidate } from '../candidate.ts';
import { candidatesOf, deployedBefore } from './candidates.ts';
import { condemnedAmong, type Condemned } from '../condemned.ts';
import { contentsOf, type Contents } from '../content.ts';
import type { DeploymentLine, Ecs, Service, ServiceDeployment, ServiceRevision } from '../ecs.ts';
import { withCurrent } from '../list-deployments.ts';
import { metersOf, type Side } from '../meters.ts';
import { isFrom, recentOf, type Described, type Known } from './recent.ts';
import { describeRevisions, unknownRevision } from '../revisions.ts';
import { standingOf, type Standing } from './standing.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  /** The revisions with condemned content. */
  readonly condemned: Condemned;
  /** Ids of the proven revisions. */
  readonly proven: ReadonlySet<string>;
  /** Null: ECS remembers no deployment. */
  readonly rollout: Rollout | null;
}

/** The last deployments, and the candidates to replace the newest. */
export interface Rollout {
  readonly newest: ServiceDeployment;
  readonly standing: Standing;
  /** The revision `standing.from`, which runs now or is being rolled out. */
  readonly running: ServiceRevision;
  /** Newest first. */
  readonly recent: Recent;
  readonly blame: Blame;
  /** Best first, without those that first appeared together with the suspect or after it. */
  readonly candidates: readonly Candidate[];
  readonly revisions: ReadonlyMap<string, ServiceRevision>;
  readonly contents: Contents;
  readonly meters: readonly Meter[];
}

/** Limits the revisions from each source that are checked. */
const MAX_REVISIONS_PER_SOURCE = 20;

interface Clients {
  readonly ecs: Ecs;
  readonly definitions: Pick<Ecs, 'taskDefinition'>;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** @throws InvalidRequest */
export async function survey(rollback: Plannable, service: Service, clients: Clients): Promise<Survey> {
  const { ecs, definitions, ledger } = clients;
  const { request } = rollback;
  const name = serviceOf(request.target);
  const [listed, entries] = await Promise.all([ecs.deployments(name), ledger.entries(request.target)]);
  const lines = await withCurrent(ecs, listed, service);
  const proven = new Set(provenIds(entries));
  const [newest, ...older] = await lastOf(lines, ecs);
  if (newest === undefined || newest.arn !== lines[0]?.arn)
    return { name, service, condemned: new Map(), proven, rollout: null };
  const described: Described = [newest, ...older];
  const standing = standingOf(newest, lines);
  const revisions = await describeRevisions(ecs, [
    ...idsOf(described, standing),
    ...eligible(rollback, entries, lines, newest),
    ...condemnedIds(entries),
  ]);
  if (request.revision !== undefined) checkRequested(request.revision, service, revisions);
  const contents = await contentsOf(inOrder(revisions, standing.from, entries), definitions);
  const condemned = condemnedAmong(revisions, entries, contents);
  const known = { revisions, contents, condemned, proven };
  const seen = { lines, entries, described, standing, known };
  return { name, service, condemned, proven, rollout: rolloutOf(rollback, name, seen) };
}

interface Seen {
  readonly lines: readonly DeploymentLine[];
  readonly entries: readonly Entry[];
  readonly described: Described;
  readonly standing: Standing;
  readonly known: Known & { readonly condemned: Condemned };
}

function rolloutOf(
  rollback: Plannable,
  name: ServiceName,
  { lines, entries, described, standing, known }: Seen,
): Rollout {
  const [newest] = described;
  const { revisions, contents, condemned } = known;
  const recent = recentOf(described, known);
  const blame = blameOf(recent, rollback);
  const isFit = (id: string) =>
    !condemned.has(id) &&
    id !== standing.from &&
    id !== newest.revision &&
    isFitFrom({ id, content: contents.get(id) }, blame, recent, []);
  const suspect = described.find(({ arn }) => isFrom(arn, blame.suspect)) ?? newest;
  return {
    newest,
    standing,
    running: revisions.get(standing.from) ?? unknownRevision(standing.from),
    recent,
    blame,
    candidates:
      requested(rollback.request.revision, condemned) ?? candidatesOf(entries, lines, suspect, isFit),
    revisions,
    contents,
    meters: metersOf(name, sidesOf(recent, revisions)),
  };
}

/** Reads the last deployments in one call, newest first. */
async function lastOf(lines: readonly DeploymentLine[], ecs: Ecs): Promise<readonly ServiceDeployment[]> {
  return ecs.describedDeployments(lines.slice(0, MAX_RECENT_DEPLOYMENTS).map(({ arn }) => arn));
}

/** Returns the revisions that may be the last known good, or the requested one. */
function eligible(
  { request }: Plannable,
  entries: readonly Entry[],
  lines: readonly DeploymentLine[],
  newest: ServiceDeployment,
): readonly string[] {
  if (request.revision !== undefined) return [request.revision];
  return [provenIds(entries), deployedBefore(lines, newest)].flatMap((ids) =>
    ids.slice(0, MAX_REVISIONS_PER_SOURCE),
  );
}

/** Sorts revisions: the running and the condemned ones come first, because their content matters most. */
function inOrder(
  revisions: ReadonlyMap<string, ServiceRevision>,
  running: string,
  entries: readonly Entry[],
): readonly ServiceRevision[] {
  const first = [running, ...condemnedIds(entries)].flatMap((id) => revisions.get(id) ?? []);
  return [...new Set([...first, ...revisions.values()])];
}

function sidesOf(
  recent: readonly Deployment[],
  revisions: ReadonlyMap<string, ServiceRevision>,
): readonly Side[] {
  return recent.flatMap(({ revision: { id } }) => {
    const found = revisions.get(id);
    return found === undefined ? [] : [{ revision: id, targetGroups: found.targetGroups }];
  });
}

/** Returns the requested revision. A condemned one keeps its condemned id, so that the judge asks for confirmation. */
function requested(revision: string | undefined, condemned: Condemned): readonly Candidate[] | null {
  return revision === undefined
    ? null
    : [{ revision: condemned.get(revision) ?? revision, source: 'request' }];
}

function idsOf(
  described: readonly ServiceDeployment[],
  { from, awsGoesTo: native }: Standing,
): readonly (string | null)[] {
  const deployed = described.flatMap(({ revision, rollbackRevision, sources }) => [
    revision,
    rollbackRevision,
    ...sources.map((source) => source.revision),
  ]);
  return [from, native, ...deployed];
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
