import { toRevision } from '../../../src/ledger/divisions.ts';
import { cannotPutBack, noWayBack } from '../../../src/rollback/no-way-back.ts';
import { explained } from '../../../src/rollback/explained.ts';
import { backAlready, noteOn, replaced, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { NothingToDo, NoWayBack, Plan, Tags, Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { askingFor } from '../../../src/rollback/still-proven.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { isSticky } from './actions.ts';
import { look, candidatesIn, requestedIn, type Candidate, type Found } from './candidates.ts';
import { partOf } from './capacity.ts';
import { choose, type Choice } from './choice.ts';
import { divisionOf } from './division.ts';
import type { Memo } from './memo.ts';
import { metersOf } from './meters.ts';
import { isSame, readRun, type Run } from './runs.ts';
import { rungsOf } from './rungs.ts';
import { nameSplit, type Split } from './split.ts';
import { survey, type Clients as SurveyClients, type Survey } from './survey.ts';
import { traitsOfBoth } from './traits.ts';
import { balancerOf } from '../../../src/targets/kinds/elb/target.ts';

export interface Clients extends SurveyClients {
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    const found = look(seen, rollback);
    const base = { at: clients.now(), ...baseOf(seen, found) };
    const { revision } = rollback.request;
    const asked = revision === undefined ? null : requestedIn(revision, seen.arn);
    if (asked !== null && isSame(asked.split, seen.split)) return nothing(base, has(asked));
    const choice = await choose(asked === null ? candidatesIn(seen, found) : [asked], seen);
    if (choice.to === null) return nowhere(base, choice.notes, found, rollback.request);
    if ('isThere' in choice) return nothing(base, whyThere(choice.to, found));
    const ready = { ...base, ...readyPlan(choice, found, seen, rollback, asked === null) };
    const both = traitsOfBoth(found.current.split, choice.to.split, seen.backing);
    return { ...explained(ready, both), state: 'ready' };
  };
}

type Base = Pick<Plan, 'at' | 'tags' | 'recent' | 'meters'>;

function baseOf(seen: Survey, { current, rollouts, recent, blame }: Found) {
  const [deployment] = recent;
  return {
    tags: ownTags(seen),
    runs: toRevision(divisionOf(seen.arn), current),
    ...(deployment !== undefined && { deployment }),
    recent,
    meters: metersOf(seen.arn, rollouts, blame),
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
  request: Request,
): NoWayBack {
  const asked = cannotPutBack(request, notes);
  if (asked !== null) return { ...base, ...noWayBack(asked) };
  if (blame?.replacedBy != null) return { ...base, ...replaced(blame.replacedBy, blame, notes) };
  return { ...base, ...noWayBack(noWay(notes, current)) };
}

function has({ revision }: Candidate): string {
  return `${revision.name} has the traffic already`;
}

function whyThere(to: Candidate, { blame }: Found): string {
  return blame?.replacedBy == null ? has(to) : backAlready(blame.replacedBy, blame);
}

function ownTags({ tags, arn }: Survey): Tags {
  return tags.get(arn) ?? {};
}

function noWay(notes: readonly string[], { split }: Run): string {
  return notes.length === 0
    ? `no other usable division of the traffic than the present one, ${nameSplit(split)}, is proven`
    : notes.join('; ');
}

function readyPlan(
  { to, growths, needed, notes }: Extract<Choice, { growths: unknown }>,
  { current, blame }: Found,
  seen: Survey,
  rollback: Plannable,
  isOurChoice: boolean,
) {
  const suspected = isOurChoice && blame !== null ? suspectedIn(blame) : {};
  const said = isOurChoice && blame !== null ? noteOn(blame) : [];
  return {
    watch: watchOf(to.split, needed, seen, rollback),
    source: to.source,
    from: toRevision(divisionOf(seen.arn), current),
    ...suspected,
    to: to.revision,
    ...askingFor(to.revision.name, to),
    fromTags: tagsAtFault(current.split, to.split, seen, suspected.suspect?.id),
    rungs: rungsOf(to.revision.name, growths),
    inFlight: false,
    ...noted([...said, ...notes, ...stickinessNote(seen)]),
    memo: {
      ...{ from: current.split, to: to.split, needed },
      groups: groupsBehind(to.split, seen),
      growing: growths.map(({ targetGroup }) => targetGroup),
    },
  } satisfies Partial<Extract<Plan, { state: 'ready' }>>;
}

function groupsBehind(to: Split, { backing }: Survey): Readonly<Record<string, string>> {
  const named = to.flatMap(({ targetGroup }) => {
    const group = backing.groupOf(targetGroup);
    return group === undefined ? [] : [[targetGroup, group] as const];
  });
  return Object.fromEntries(named);
}

function suspectedIn({ suspect, replacedBy }: Blame) {
  return replacedBy === null ? {} : { suspect: suspect.revision };
}

function noted(notes: readonly string[]): { readonly notes?: readonly string[] } {
  return notes.length === 0 ? {} : { notes };
}

function stickinessNote({ forwarder }: Survey): readonly string[] {
  if (!isSticky(forwarder.actions)) return [];
  return ['the rollback switches target group stickiness off: cookies would override the weights'];
}

/** Returns the groups that will carry the traffic, and the alarms that fired or were named. */
function watchOf(to: Split, needed: number, seen: Survey, { request }: Plannable): Watch {
  const watched = to.map((share) => ({
    ...{ arn: share.targetGroup, wanted: partOf(to, share, needed) },
    ...{ balancer: balancerOf(seen.arn), stays: true as const },
  }));
  return watchFor(ownTags(seen), request, watched);
}

/** Returns the tags of the groups that lose their traffic, and of those at fault, because they may declare barriers. */
function tagsAtFault(from: Split, to: Split, { tags, arn }: Survey, suspect: string | undefined): Tags {
  const kept = new Set(to.map(({ targetGroup }) => targetGroup));
  const blamed = suspect === undefined ? [] : (readRun(suspect, arn)?.split ?? []);
  const losing = [...blamed, ...from].filter(({ targetGroup }) => !kept.has(targetGroup));
  return Object.assign({}, ...losing.map(({ targetGroup }) => tags.get(targetGroup) ?? {})) as Tags;
}
