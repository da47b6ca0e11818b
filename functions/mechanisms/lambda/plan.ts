import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import type { Knowing } from '../../../src/ledger/last-sight.ts';
import { noteOn, replaced, wantedIsBack } from '../../../src/rollback/blame.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Joinable, Plan, Ready, Revision, Watch } from '../../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../../src/rollback/request.ts';
import { isRestart } from '../../../src/rollback/suspect.ts';
import { explained, type Both } from '../../../src/rollback/explained.ts';
import { candidatesOf, choose, type Choice } from './choice.ts';
import { LATEST, second, textOf } from './configuration.ts';
import { memoOf, type Memo } from './memo.ts';
import type { Lambda, Version } from './lambda.ts';
import { metersOf } from './meters.ts';
import { nameOf, numbered } from './revision.ts';
import { contentOf } from './rollouts.ts';
import { joiningRungs, rungsOf } from './rungs.ts';
import type { Shifts } from './shifts.ts';
import { survey, type Survey } from './survey.ts';
import { ownedBy } from './owner.ts';

/** Only alarms and probes show whether a function works. */
const NO_TARGET_GROUPS: Watch['targetGroups'] = [];

export interface Clients extends Knowing {
  readonly lambda: Lambda;
  readonly readTags: ReadTags;
  readonly shifts: Shifts;
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const { request } = rollback;
    const seen = await survey(rollback, clients);
    const { tags, recent } = seen;
    const [deployment] = recent;
    const base = { at: clients.now(), tags, deployment, recent, meters: metersOf(seen) };
    const owner = await ownedBy(seen, clients.shifts);
    if (owner !== null) return { ...base, ...noWayBack(owner) };
    const reason = nothingToDo(seen, request);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    if (isJoined(seen, request)) return joining(base, await withBeside(seen, clients.lambda), request);
    const choice = await choose(seen, candidatesOf(seen, request.revision), clients.lambda);
    if (choice.to === null) return { ...base, ...nowhere(choice.notes, seen, request) };
    const back = request.revision === undefined ? wantedIsBack(seen.blame, choice.content) : null;
    return back === null
      ? ready(base, choice, seen, request)
      : { ...base, state: 'nothing-to-do', reason: back };
  };
}

type Base = Pick<Ready, 'at' | 'tags' | 'recent' | 'meters'> & { readonly deployment: Survey['recent'][0] };
type Found = Extract<Choice, { source: unknown }>;

function nothingToDo(seen: Survey, request: Request): string | null {
  const { alias, name, standing } = seen;
  const { revision } = request;
  if (revision === undefined) return isAutomatic(request) ? onlyRestarted(seen) : null;
  if (standing.state !== 'alone' || alias.version !== revision) return null;
  return `${nameOf(name.functionName, revision)} already runs`;
}

/** Returns why nothing is to do if the suspect is the version that was proven before; null if it is another version. */
function onlyRestarted({ blame, recent, known, contents, name }: Survey): string | null {
  if (blame === null) return null;
  const { suspect } = blame;
  const older = recent.slice(recent.findIndex(({ id }) => id === suspect.id) + 1);
  const isProven = [...known.proven].some((version) => contentOf(version, contents) === suspect.content);
  if (!isRestart(suspect, older) || !isProven) return null;
  return `the alias ${name.alias} was changed but still names ${suspect.revision.name}, which was proven: going back would change nothing`;
}

/** Returns whether Lambda is moving the alias to the requested version, or to a proven one. */
function isJoined({ alias, standing, provisioned, known }: Survey, { revision }: Request): boolean {
  if (standing.state !== 'moving' || provisioned !== 'IN_PROGRESS') return false;
  const isGood = known.proven.has(alias.version) && !known.condemned.has(alias.version);
  return revision === undefined ? isGood : revision === alias.version;
}

/** Reads the version that Lambda still serves, where a person sees the plan: it lists the changes. */
async function withBeside(seen: Survey, lambda: Pick<Lambda, 'version'>): Promise<Survey> {
  const { isShown, standing, name, versions } = seen;
  if (!isShown || standing.beside === null) return seen;
  const beside = await lambda.version(name.functionName, standing.beside);
  return beside === null ? seen : { ...seen, versions: new Map([...versions, [beside.name, beside]]) };
}

/** Plans to wait for a deployment that is itself the way back, to the version that the alias already names. */
function joining(base: Base, seen: Survey, request: Request): Joinable<Memo> {
  const { name, alias, standing, recent } = seen;
  const to = versionOf(seen, alias.version);
  const deployment = { ...recent[0], state: 'rolling-back', isRollback: true } as const;
  const both = traitsOfBoth(seen, standing.beside ?? alias.version, seen.versions.get(alias.version));
  const joinable: Joinable<Memo> = {
    ...base,
    state: 'join',
    deployment,
    recent: [deployment, ...recent.slice(1)],
    source: request.revision === undefined ? 'ledger' : 'request',
    from: versionOf(seen, standing.beside ?? alias.version),
    to,
    fromTags: {},
    rungs: joiningRungs(name.alias, to.name),
    inFlight: second(alias) !== null,
    watch: watchFor(seen.tags, request, NO_TARGET_GROUPS),
    memo: memoOf(alias),
  };
  return explained(joinable, both);
}

function ready(
  base: Base,
  { to, source, version, notes }: Found,
  seen: Survey,
  request: Request,
): Ready<Memo> {
  const { name, alias, standing, recent } = seen;
  const blame = request.revision === undefined ? seen.blame : null;
  // A request for the version that is being introduced goes back from the other one.
  const from =
    to.id === standing.introduced && standing.beside !== null
      ? versionOf(seen, standing.beside)
      : recent[0].revision;
  const plan: Ready<Memo> = {
    ...base,
    state: 'ready',
    source,
    from,
    ...(blame !== null && blame.replacedBy !== null && { suspect: blame.suspect.revision }),
    to,
    // Versions have no tags, so they cannot declare a barrier.
    fromTags: {},
    rungs: rungsOf(name.alias, to.name),
    // Stop would have nothing to do: Revert clears the weights of a canary in the call that points the alias back.
    inFlight: false,
    watch: watchFor(seen.tags, request, NO_TARGET_GROUPS),
    notes: [...(blame === null ? [] : noteOn(blame)), ...notes, ...doubts(seen, to)],
    memo: memoOf(alias),
  };
  return explained(plan, traitsOfBoth(seen, from.id, version ?? undefined));
}

/** Returns the traits, if both versions were read. */
function traitsOfBoth({ versions }: Survey, from: string, to: Version | undefined): Both {
  const before = versions.get(from.startsWith(LATEST) ? LATEST : from);
  return before === undefined || to === undefined ? null : [before.traits, to.traits];
}

function doubts({ seen, alias, name, provisioned }: Survey, to: Revision): readonly string[] {
  const unseen = `it is unknown when the alias ${name.alias} was changed to ${textOf(alias)}`;
  const slow = `the alias has provisioned concurrency: Lambda serves the old version until it has provisioned ${to.name}`;
  return [...(seen ? [] : [unseen]), ...(provisioned === null ? [] : [slow])];
}

/** Returns why nothing better is known. The version that replaced the suspect stays. */
function nowhere(notes: readonly string[], seen: Survey, request: Request) {
  const { blame } = seen;
  const asked = cannotPutBack(request, notes);
  if (asked !== null || blame?.replacedBy == null) return noWayBack(asked ?? noWay(notes, seen));
  return replaced(blame.replacedBy, blame, notes);
}

function noWay(notes: readonly string[], { alias, name }: Survey): string {
  const none =
    alias.version === LATEST
      ? `the alias ${name.alias} points to ${LATEST}, which keeps no earlier code: publish versions and point the alias at them`
      : 'no other usable version of this alias is proven';
  return noneFit('there is no last known good version', notes, none);
}

function versionOf({ name }: Survey, version: string): Revision {
  return numbered(name.functionName, version);
}
