import { toRevision } from '../../../src/ledger/divisions.ts';
import { backAlready, noteOn, replaced, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { explained } from '../../../src/rollback/explained.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { cannotPutBack, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { NothingToDo, NoWayBack, Plan, Tags } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { askingFor } from '../../../src/rollback/still-proven.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { groupArn } from './backing.ts';
import { look, candidatesIn, requestedIn, type Candidate, type Found } from './candidates.ts';
import { choose, type Choice } from './choice.ts';
import { divisionOf } from './division.ts';
import type { Memo } from './memo.ts';
import { metersOf } from './meters.ts';
import { pathNotes } from './paths.ts';
import { rungsOf } from './rungs.ts';
import { isSame, readRun } from './runs.ts';
import { groupsIn, losing, nameSplit, type Names, type Split } from './split.ts';
import { survey, type Clients as SurveyClients, type Survey } from './survey.ts';
import { traitsOfBoth } from './traits.ts';

export interface Clients extends SurveyClients {
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    const found = look(seen, rollback);
    const base = { at: clients.now(), ...baseOf(seen, found) };
    const { revision } = rollback.request;
    const asked = revision === undefined ? null : requestedIn(revision, seen.names);
    if (asked !== null && isSame(asked.split, seen.split)) return nothing(base, has(asked));
    const choice = await choose(asked === null ? candidatesIn(seen, found) : [asked], seen);
    if (choice.to === null) return nowhere(base, choice.notes, found, seen, rollback.request);
    if ('isThere' in choice) return nothing(base, whyThere(choice.to, found));
    const ready = { ...base, ...readyPlan(choice, found, seen, rollback, asked === null) };
    const both = traitsOfBoth(found.current.split, choice.to.split, seen.names, seen.backing.groups);
    return { ...explained(ready, both), state: 'ready' };
  };
}

type Base = Pick<Plan, 'at' | 'tags' | 'recent' | 'meters'>;

function baseOf(seen: Survey, { current, rollouts, recent, blame }: Found) {
  const [deployment] = recent;
  return {
    tags: ownTags(seen),
    runs: toRevision(divisionOf(seen.names), current),
    ...(deployment !== undefined && { deployment }),
    recent,
    meters: metersOf(rollouts, blame),
  };
}

function nothing(base: Base, reason: string): NothingToDo {
  return { ...base, state: 'nothing-to-do', reason };
}

/** Returns why nothing better is known. The division that replaced the suspect stays. */
function nowhere(
  base: Base,
  notes: readonly string[],
  { current, blame }: Found,
  { names }: Survey,
  request: Request,
): NoWayBack {
  const asked = cannotPutBack(request, notes);
  if (asked !== null) return { ...base, ...noWayBack(asked) };
  if (blame?.replacedBy != null) return { ...base, ...replaced(blame.replacedBy, blame, notes) };
  return { ...base, ...noWayBack(noWay(notes, current.split, names)) };
}

function has({ revision }: Candidate): string {
  return `${revision.name} has the traffic already`;
}

function whyThere(to: Candidate, { blame }: Found): string {
  return blame?.replacedBy == null ? has(to) : backAlready(blame.replacedBy, blame);
}

function ownTags({ tags, forwarder }: Survey): Tags {
  return tags.get(forwarder.arn) ?? {};
}

function noWay(notes: readonly string[], split: Split, names: Names): string {
  return notes.length === 0
    ? `no other usable division of the traffic than the present one, ${nameSplit(split, names)}, is proven`
    : notes.join('; ');
}

function readyPlan(
  { to, needed, notes }: Extract<Choice, { needed: unknown }>,
  { current, blame }: Found,
  seen: Survey,
  { request }: Plannable,
  isOurChoice: boolean,
) {
  const blamed = isOurChoice ? blame : null;
  const paths = pathNotes(seen.others, losing(current.split, to.split), seen.names);
  const all = [...(blamed === null ? [] : noteOn(blamed)), ...notes, ...paths];
  return {
    // Settle looks at the targets: Verify knows those of load balancers only.
    watch: watchFor(ownTags(seen), request, []),
    source: to.source,
    from: toRevision(divisionOf(seen.names), current),
    ...(blamed === null ? {} : suspectedIn(blamed)),
    to: to.revision,
    ...askingFor(to.revision.name, to),
    fromTags: tagsAtFault(current.split, to.split, seen, blamed?.suspect.revision.id),
    rungs: rungsOf(to.revision.name),
    inFlight: false,
    ...(all.length > 0 && { notes: all }),
    memo: { from: current.split, to: to.split, needed, names: namesOf([current.split, to.split], seen) },
  } satisfies Partial<Extract<Plan, { state: 'ready' }>>;
}

function namesOf(splits: readonly Split[], { names }: Survey): Names {
  const groups = new Set(splits.flatMap(groupsIn));
  return Object.fromEntries(Object.entries(names).filter(([group]) => groups.has(group)));
}

function suspectedIn({ suspect, replacedBy }: Blame) {
  return replacedBy === null ? {} : { suspect: suspect.revision };
}

/** Returns the tags of the groups that lose their traffic, and of those at fault, because they may declare barriers. */
function tagsAtFault(from: Split, to: Split, seen: Survey, suspect: string | undefined): Tags {
  const blamed = suspect === undefined ? [] : (readRun(suspect)?.split ?? []);
  const groups = losing([...blamed, ...from], to);
  const tags = groups.map((group) => seen.tags.get(groupArn(seen.forwarder.arn, group)) ?? {});
  return Object.assign({}, ...tags) as Tags;
}
