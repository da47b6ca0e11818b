import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Claimed } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Plan, Revision } from '../../../src/rollback/plan.ts';
import { readVersion, versionOf } from './app-spec.ts';
import { candidatesOf, type Candidate } from './candidates.ts';
import { choose, type Choice } from './choice.ts';
import type { Bundles } from './bundles.ts';
import type { CodeDeploy } from './codedeploy.ts';
import { detailsOf } from './details.ts';
import { locationOf, revisionAt } from './revision-id.ts';
import type { Release } from './releases.ts';
import { rungsOf } from './rungs.ts';
import { isInFlight } from './status.ts';
import { survey, type Rollout, type Survey } from './survey.ts';
import type { TargetGroups } from './target-groups.ts';
import { watchOf } from './watch.ts';

export interface Clients {
  readonly codedeploy: CodeDeploy;
  readonly bundles: Bundles;
  readonly targetGroups: TargetGroups;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism['plan'] {
  return async (rollback) => {
    const seen = await survey(rollback, clients);
    const { rollout, tags } = seen;
    const base = { at: clients.now(), tags };
    if (rollout === null)
      return { ...base, state: 'no-way-back', reason: 'nothing was ever deployed to this deployment group' };
    const { deployment } = rollout;
    const asked = await requested(rollback, seen, rollout, clients);
    const reason = nothingToDo(seen, rollout, asked);
    if (reason !== null) return { ...base, deployment, state: 'nothing-to-do', reason };
    const choice = await choose(asked ?? candidates(seen, rollout), seen, rollout, clients);
    if (choice.revision === null)
      return { ...base, deployment, state: 'no-way-back', reason: noWay(choice.notes) };
    const joins = rollout.standing.state === 'rolling-back' && choice.ways[0] === 'native';
    return {
      ...base,
      ...(await wayBack(choice, seen, rollout, rollback, clients)),
      state: joins ? 'join' : 'ready',
    };
  };
}

function candidates({ entries, condemned }: Survey, rollout: Rollout): readonly Candidate[] {
  const { native, state, atFault } = rollout.standing;
  const others = candidatesOf(entries, rollout, new Set([...condemned, atFault.of.id]));
  if (state !== 'rolling-back' || native === null || condemned.has(native.id)) return others;
  // What CodeDeploy already goes back to is joined, unless it is known to be bad: two at once are one too many.
  const isProven = entries.some((entry) => entry.state === 'proven' && entry.revision.id === native.id);
  const joined = { revision: native, source: isProven ? 'ledger' : 'deployments' } as const;
  return [joined, ...others.filter(({ revision }) => revision.id !== native.id)];
}

/** The revision that was asked for. @throws InvalidRequest when there is no such revision */
async function requested(
  { request: { revision: id } }: Claimed,
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

function nothingToDo(
  { condemned }: Survey,
  { standing: { state, atFault } }: Rollout,
  asked: readonly Candidate[] | null,
): string | null {
  const { id, name } = atFault.of;
  if (asked?.[0]?.revision.id === id && state !== 'rolling-back') return `${name} is what ${roleOf(atFault)}`;
  if (state !== 'went-back' || asked !== null || condemned.has(id)) return null;
  return `CodeDeploy already rolled the newest deployment back to ${name}`;
}

/** What has not come to every instance is not what runs. */
function roleOf(deployment: Release): string {
  const { id, status, missed } = deployment;
  if (isInFlight(deployment)) return 'is being rolled out';
  if (status === 'Succeeded' && missed === 0) return 'runs';
  const ended = status === 'Succeeded' ? `it missed ${missed} of its instances` : `it is ${status}`;
  return `deployment ${id} was to bring, and ${ended}`;
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: no earlier deployment to this group succeeded'
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}

async function wayBack(
  { revision, source, ways, redeployment, notes }: Exclude<Choice, { revision: null }>,
  { group, tags }: Survey,
  rollout: Rollout,
  { request }: Claimed,
  clients: Clients,
) {
  const { atFault } = rollout.standing;
  return {
    deployment: rollout.deployment,
    source,
    from: atFault.of,
    to: revision,
    // Neither bundles nor AppSpecs have tags. A barrier stands in the tags of the group.
    fromTags: tags,
    rungs: rungsOf(ways, revision.name, group.platform),
    watch: await watchOf(group, tags, rollout, request, clients),
    notes,
    details: detailsOf(atFault, redeployment),
  } satisfies Partial<Plan>;
}
