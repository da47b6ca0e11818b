import { isDeepStrictEqual } from 'node:util';
import { provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import { isFit as isFitFrom } from '../../../../src/rollback/course.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../../src/rollback/errors.ts';
import type { Deployment } from '../../../../src/rollback/plan.ts';
import type { Balancer } from '../traffic/balancer.ts';
import { astrayIn } from './astray.ts';
import { blameOf } from '../blame.ts';
import type { Known as Examined } from '../blockers.ts';
import type { Candidate } from '../candidate.ts';
import { candidatesOf } from './candidates.ts';
import { condemnedAmong, type Condemned } from '../condemned.ts';
import { contentsOf, keptContents, keptSettings, type Contents } from '../content.ts';
import type { Begun } from '../controller.ts';
import type { Definitions } from '../definitions.ts';
import { lookAhead } from '../image-blockers.ts';
import { nameOf, type Ecs, type Service, type ServiceRevision } from '../ecs.ts';
import { historyOf, type History } from './history.ts';
import { metersOf, type Side } from '../meters.ts';
import { isFrom, recentOf } from './recent.ts';
import type { Rollout } from './rollout.ts';
import { unknownRevision } from '../revisions.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import { definitionsToRead, firstChoice } from './to-read.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  /** Ids of the proven revisions. */
  readonly proven: ReadonlySet<string>;
  /** Null: ECS remembers no deployment. */
  readonly rollout: Rollout | null;
  /** Why users do not reach what runs, or null. */
  readonly astray: string | null;
}

interface Clients extends Examined {
  readonly ecs: Ecs;
  readonly balancer: Pick<Balancer, 'again'>;
  readonly definitions: Definitions;
}

/**
 * Reads in three rounds, each side by side: the service, its deployments and the ledger; then what those name; then the
 * task definitions, images and rules in question.
 *
 * @throws InvalidRequest
 */
export async function survey(rollback: Plannable, begun: Begun, clients: Clients): Promise<Survey> {
  const { service } = begun;
  const name = serviceOf(rollback.request.target);
  const wanted = rollback.request.revision;
  const requested = isServiceRevision(wanted) ? wanted : undefined;
  const [listed, entries] = await Promise.all([begun.listed, begun.entries]);
  const kept = keptContents(entries);
  const history = await historyOf({ service, listed, entries, kept, requested }, clients.ecs);
  const base = { name, service, proven: new Set(provenIds(entries)) };
  if (history === null) return { ...base, rollout: null, astray: null };
  const { revisions } = history;
  const asked = wanted === requested ? rollback : namedIn(rollback, service, revisions.known);
  if (requested !== undefined) checkRequested(requested, service, revisions.known);
  const seen = () =>
    rolloutOf(asked, { ...base, entries, history, contents: contentsIn(history, kept, clients) });
  const first = seen();
  const best = first.candidates.slice(0, 1).map(({ revision }) => revision);
  if (!best.every(revisions.wasRead)) await revisions.read(first.candidates.map(({ revision }) => revision));
  const before = seen();
  const [isAstray] = await Promise.all([
    astrayIn(before, clients.balancer),
    clients.definitions.read(definitionsToRead(before)),
    lookAhead(firstChoice(before), before.running, clients.looks),
  ]);
  const last = seen();
  return {
    ...base,
    astray: isAstray,
    rollout: { ...last, candidates: last.candidates.filter((one) => revisions.wasRead(one.revision)) },
  };
}

/** Returns the contents as far as they are known: from the ledger, and from what was read so far. */
function contentsIn({ revisions }: History, kept: Contents, { definitions }: Clients): Contents {
  const told = keptSettings(kept, (id) => revisions.known.get(id)?.configuration.taskDefinition);
  const settings = new Map([...told, ...definitions.settings()]);
  return new Map([...kept, ...contentsOf(revisions.known.values(), settings)]);
}

interface Seen extends Pick<Survey, 'name' | 'proven'> {
  readonly entries: readonly Entry[];
  readonly history: History;
  readonly contents: Contents;
}

function rolloutOf(rollback: Plannable, { name, proven, entries, history, contents }: Seen): Rollout {
  const { lines, described, standing } = history;
  const [newest] = described;
  const { known: revisions, wasRead } = history.revisions;
  const condemned = condemnedAmong({ revisions, entries, contents });
  const recent = recentOf(described, { revisions, contents, condemned, proven });
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
    candidates: requestedIn(rollback, condemned) ?? candidatesOf(entries, lines, suspect, isFit),
    ...{ revisions, wasRead, entries, contents, condemned },
    meters: metersOf(name, sidesOf(recent, revisions)),
  };
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
function requestedIn(
  { request: { revision } }: Plannable,
  condemned: Condemned,
): readonly Candidate[] | null {
  return revision === undefined
    ? null
    : [{ revision: condemned.get(revision) ?? revision, source: 'request' }];
}

function isServiceRevision(revision: string | undefined): boolean {
  return revision !== undefined && revision.includes(':service-revision/');
}

/**
 * Replaces the name of a task definition by the service's newest revision with it. Lastgood shows those names.
 * @throws InvalidRequest if no known revision has it, or several that differ otherwise too
 */
function namedIn(
  rollback: Plannable,
  service: Service,
  revisions: ReadonlyMap<string, ServiceRevision>,
): Plannable {
  const { revision: wanted = '' } = rollback.request;
  const name = nameOf(wanted);
  const found = [...revisions.values()]
    .filter((one) => one.serviceArn === service.arn && nameOf(one.configuration.taskDefinition) === name)
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
  const [newest, ...others] = found;
  if (newest === undefined)
    throw new InvalidRequest(
      'request.revision',
      `ECS knows no recent revision ${JSON.stringify(wanted)} of this service: name the ARN of a service revision`,
    );
  if (others.some((other) => !isDeepStrictEqual(other.configuration, newest.configuration)))
    throw new InvalidRequest(
      'request.revision',
      `${JSON.stringify(wanted)} may mean ${found.map(({ arn }) => arn).join(' or ')}: name one of them`,
    );
  return { ...rollback, request: { ...rollback.request, revision: newest.arn } };
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
