import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import { withReserved, type ReadReserved } from '../../../src/aws/reserved-concurrency.ts';
import { provenIds } from '../../../src/ledger/among.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { isFit } from '../../../src/rollback/course.ts';
import { supersededNote } from '../../../src/rollback/needless.ts';
import { unusedNote } from '../../../src/aws/target-groups.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import type { ReadAlias } from './aliases.ts';
import { readVersion, versionOf, type Shift } from './app-spec.ts';
import { candidatesOf, type Candidate } from './candidates.ts';
import { choose, type Choice } from './choice.ts';
import type { Bundles } from './bundles.ts';
import type { CodeDeploy } from './codedeploy.ts';
import { knownAs } from './content.ts';
import type { Memo } from './memo.ts';
import { metersOf } from './meters.ts';
import { nothingToDo } from './nothing-to-do.ts';
import type { Release } from './releases.ts';
import { locationOf, revisionAt } from './revision-id.ts';
import { rungsOf } from './rungs.ts';
import { mayBeInFlight } from './standing.ts';
import { DeploysServices } from './supported.ts';
import { survey, type Rollout, type Survey } from './survey.ts';
import type { TargetGroups } from './target-groups.ts';
import { watchOf } from './watch.ts';

export interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly bundles: Bundles;
  readonly targetGroups: TargetGroups;
  readonly alias: ReadAlias;
  readonly reserved: ReadReserved;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback) => {
    try {
      return await planFrom(rollback, clients);
    } catch (error) {
      if (!(error instanceof DeploysServices) || rollback.request.trigger?.type !== 'deployment') throw error;
      // Only CodeDeploy's event named this target. Such events do not say what a group deploys.
      const reason = `it deploys ${error.services}, which is judged as a target of its own`;
      return { at: clients.now(), tags: {}, state: 'nothing-to-do', reason };
    }
  };
}

async function planFrom(rollback: Plannable, clients: Clients): Promise<Plan<Memo>> {
  const seen = await survey(rollback, clients);
  const { rollout, tags } = seen;
  const base = { at: clients.now(), tags };
  if (rollout === null)
    return { ...base, ...noWayBack('nothing was ever deployed to this deployment group') };
  const present = { ...base, ...presentOf(seen, rollout) };
  const asked = await requested(rollback, seen, rollout, clients);
  const found = asked ?? candidates(seen, rollout);
  const reason = nothingToDo(seen, rollout, rollback, found);
  if (reason !== null) return { ...present, state: 'nothing-to-do', reason };
  const choice = await choose(found, seen, rollout, clients);
  if (choice.revision === null)
    return {
      ...present,
      ...noWayBack(cannotPutBack(rollback.request, choice.notes) ?? noWay(choice.notes, rollout)),
    };
  const joins = rollout.standing.state === 'rolling-back' && choice.ways[0] === 'native';
  const plan: Plan<Memo> = {
    ...present,
    ...(await readyPlan(choice, seen, rollout, rollback, clients)),
    state: joins ? 'join' : 'ready',
  };
  const { shift } = rollout.standing.atFault;
  return shift === null ? plan : withReserved(plan, rollback, shift.functionName, clients.reserved);
}

/** Returns the facts about the group that every plan has. */
function presentOf(
  { group, targetGroups }: Survey,
  { deployment, recent, standing }: Rollout,
): Pick<Plan, 'deployment' | 'recent' | 'meters'> {
  const meters = metersOf(group, targetGroups, standing.atFault.shift);
  return { deployment, recent, ...(meters.length > 0 && { meters }) };
}

function candidates({ entries, condemned }: Survey, rollout: Rollout): readonly Candidate[] {
  const { awsGoesTo: native, state } = rollout.standing;
  const others = candidatesOf(entries, rollout, condemned);
  if (state !== 'rolling-back' || native === null || !isGood(native, condemned, rollout)) return others;
  // Joins CodeDeploy's own rollback, unless its revision is known to be bad, because two at once would conflict.
  const isProven = provenIds(entries).includes(native.id);
  const joined = { revision: native, source: isProven ? 'ledger' : 'deployments' } as const;
  return [joined, ...others.filter(({ revision }) => revision.id !== native.id)];
}

function isGood({ id }: Revision, condemned: ReadonlySet<string>, { course, recent }: Rollout): boolean {
  return isFit(knownAs(id), course, recent, [...condemned].map(knownAs));
}

/** Returns the requested revision. @throws InvalidRequest if it does not exist */
async function requested(
  { request: { revision: id } }: Plannable,
  { group }: Survey,
  { standing: { atFault } }: Rollout,
  { codedeploy }: Clients,
): Promise<readonly Candidate[] | null> {
  if (id === undefined) return null;
  const found = atFault.shift === null ? located(id) : versioned(id, atFault.shift.functionName);
  const location = atFault.shift === null ? locationOf(id) : null;
  const isKnown = location === null || (await codedeploy.revision(group.name.application, location)) !== null;
  if (found === null || !isKnown)
    throw new InvalidRequest('request.revision', `CodeDeploy knows no revision ${JSON.stringify(id)}`);
  return [{ revision: found, source: 'request' }];
}

function located(id: string): Revision | null {
  const location = locationOf(id);
  return location === null ? null : revisionAt(location);
}

function versioned(id: string, functionName: string): Revision | null {
  const version = readVersion(id, functionName);
  return version === null ? null : versionOf(functionName, version);
}

function noWay(notes: readonly string[], { course: { suspect }, deployment }: Rollout): string {
  const { name } = (suspect ?? deployment).revision;
  const none = `no other usable revision succeeded before the deployment of ${name}`;
  return noneFit('there is no last known good revision', notes, none);
}

async function readyPlan(
  { revision, source, ways, redeployment, notes }: Exclude<Choice, { revision: null }>,
  { group, tags, targetGroups }: Survey,
  rollout: Rollout,
  { request }: Plannable,
  { codedeploy, now }: Clients,
) {
  const { standing, course } = rollout;
  const { suspect, isSuperseded } = course;
  return {
    source,
    from: request.revision === undefined ? fromOf(rollout) : standing.atFault.of,
    ...(isSuperseded && suspect !== null && { suspect: suspect.revision }),
    to: revision,
    // Neither bundles nor AppSpecs have tags. The tags of the group declare barriers.
    fromTags: tags,
    rungs: rungsOf(ways, revision.name, group.platform),
    inFlight: mayBeInFlight(standing, now()),
    watch: await watchOf(group, tags, rollout, targetGroups, request, codedeploy),
    notes: [...supersededNote(course), ...unusedNote(targetGroups), ...notes],
    memo: memoOf(standing.atFault, redeployment),
  } satisfies Partial<Plan>;
}

function memoOf({ id, createdAt, shift }: Release, redeployment: Memo['redeployment']): Memo {
  return { deployment: id, createdAt, ...(shift && { alias: aliasOf(shift) }), redeployment };
}

function aliasOf({ functionName, alias, current, target }: Shift): NonNullable<Memo['alias']> {
  return { functionName, alias, shifted: [current, target] };
}

/** Returns the revision that replaced the suspect, or the suspect. */
function fromOf({ course: { suspect, current, isSuperseded }, standing: { atFault } }: Rollout): Revision {
  return (isSuperseded ? current : suspect)?.revision ?? atFault.of;
}
