import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Joinable, Plan, Ready, Revision } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { candidatesOf, choose, type Choice } from './choice.ts';
import { LATEST, textOf } from './configuration.ts';
import { detailsOf } from './details.ts';
import type { Lambda } from './lambda.ts';
import { nameOf } from './revision.ts';
import { joiningRungs, rungsOf } from './rungs.ts';
import { survey, type Survey } from './survey.ts';
import { ownedBy } from './owner.ts';
import { watchOf } from './watch.ts';

export interface Clients {
  readonly lambda: Lambda;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism['plan'] {
  return async ({ request }): Promise<Plan> => {
    const seen = await survey(request, clients);
    const { tags, deployment, name } = seen;
    const base = { at: clients.now(), tags, deployment };
    const owner = ownedBy(tags, request.target);
    if (owner !== null) return { ...base, state: 'no-way-back', reason: owner };
    const reason = nothingToDo(seen, request);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    if (isJoined(seen, request)) return joining(base, seen, request);
    const choice = await choose(name.functionName, candidatesOf(seen, request.revision), clients.lambda);
    if (choice.to === null) return { ...base, state: 'no-way-back', reason: noWay(choice.notes, seen) };
    return ready(base, choice, seen, request);
  };
}

type Base = Pick<Ready, 'at' | 'tags' | 'deployment'>;

function nothingToDo({ alias, name, standing }: Survey, { revision }: Request): string | null {
  if (revision === undefined || standing.state !== 'alone' || alias.version !== revision) return null;
  return `${nameOf(name.functionName, revision)} is what runs`;
}

/** Lambda is moving the alias to where we want it: to what was asked for, or to a version that is proven. */
function isJoined({ alias, standing, provisioned, known }: Survey, { revision }: Request): boolean {
  if (standing.state !== 'moving' || provisioned !== 'IN_PROGRESS') return false;
  const isGood = known.proven.has(alias.version) && !known.condemned.has(alias.version);
  return revision === undefined ? isGood : revision === alias.version;
}

/** The deployment is itself the way back, to the version that the alias names already. */
function joining(base: Base, seen: Survey, request: Request): Joinable {
  const { name, alias, standing, deployment } = seen;
  const to = versionOf(seen, alias.version);
  return {
    ...base,
    state: 'join',
    deployment: { ...deployment, state: 'rolling-back', isRollback: true },
    source: request.revision === undefined ? 'ledger' : 'request',
    from: versionOf(seen, standing.beside ?? alias.version),
    to,
    fromTags: {},
    rungs: joiningRungs(name.alias, to.name),
    watch: watchOf(seen.tags, request),
    details: detailsOf(alias),
  };
}

function ready(
  base: Base,
  { to, source, notes }: Extract<Choice, { source: unknown }>,
  seen: Survey,
  request: Request,
): Ready {
  const { name, alias, standing, provisioned, deployment } = seen;
  // Who asks for the version that is being brought in goes back from the other one.
  const from =
    to.id === standing.introduced && standing.beside !== null
      ? versionOf(seen, standing.beside)
      : deployment.revision;
  return {
    ...base,
    state: 'ready',
    source,
    from,
    to,
    // Versions have no tags, so that no barrier can stand on one.
    fromTags: {},
    rungs: rungsOf(name.alias, to.name, provisioned),
    watch: watchOf(seen.tags, request),
    notes: [...notes, ...doubts(seen, to)],
    details: detailsOf(alias),
  };
}

function doubts({ seen, alias, name, provisioned }: Survey, to: Revision): readonly string[] {
  const unseen = `nobody saw when the alias ${name.alias} was changed to ${textOf(alias)}`;
  const slow = `the alias has provisioned concurrency: Lambda keeps the old version on until ${to.name} has its own`;
  return [...(seen ? [] : [unseen]), ...(provisioned === null ? [] : [slow])];
}

function noWay(notes: readonly string[], { alias, name }: Survey): string {
  if (notes.length > 0)
    return `there is no last known good version that could be put back: ${notes.join('; ')}`;
  if (alias.version === LATEST) {
    return `there is no last known good version: the alias ${name.alias} points to ${LATEST}, which keeps nothing of what it was; publish versions and point the alias at them`;
  }
  return 'there is no last known good version: no other version of this alias stayed quiet through its soak';
}

/** A published version's id is its number. */
function versionOf({ name }: Survey, version: string): Revision {
  return { id: version, name: nameOf(name.functionName, version) };
}
