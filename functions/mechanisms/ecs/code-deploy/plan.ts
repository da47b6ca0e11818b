import type { Claimed } from '../../../../src/rollback/document.ts';
import type { Deployment, Plan } from '../../../../src/rollback/plan.ts';
import { nameOf, type Service } from '../ecs.ts';
import { checkRequested, toRevision } from '../task-sets/revisions.ts';
import { targetGroupsOf } from '../task-sets/task-sets.ts';
import { watchOf } from '../watch.ts';
import { choose, type Choice } from './choice.ts';
import type { Clients } from './clients.ts';
import { isInFlight, type CodeDeployment } from './code-deploy.ts';
import { toJson } from './details.ts';
import { leftOver } from './left-over.ts';
import { isOurs } from './ours.ts';
import { rungsOf } from './rungs.ts';
import type { Standing } from './standing.ts';
import { survey, type Survey } from './survey.ts';

/** Read only. What would be done with a service that CodeDeploy deploys, blue/green. */
export async function plan(rollback: Claimed, service: Service, clients: Clients): Promise<Plan> {
  const seen = await survey(rollback, service, clients);
  const base = { at: clients.now(), tags: service.tags };
  if (seen.standing === null)
    return {
      ...base,
      state: 'no-way-back',
      reason: 'CodeDeploy deployed none of the task sets that it has now',
    };
  const running = await seen.deployed(seen.standing.atFault);
  if (running === null)
    return {
      ...base,
      state: 'no-way-back',
      reason: `nobody can say which task definition ${seen.standing.atFault.id} deploys`,
    };
  return planFrom(seen, seen.standing, running, rollback, clients);
}

async function planFrom(
  seen: Survey,
  standing: Standing,
  running: string,
  rollback: Claimed,
  clients: Clients,
): Promise<Plan> {
  const { revision } = rollback.request;
  const deployment = toDeployment(standing, running);
  const base = { at: clients.now(), tags: seen.service.tags, deployment };
  const left = await leftOver(seen, standing, clients);
  if (left !== null) return { ...base, state: 'no-way-back', reason: left };
  const nothing = nothingToDo(seen, standing, running, revision);
  if (nothing !== null) return { ...base, state: 'nothing-to-do', reason: nothing };
  if (revision !== undefined) await checkRequested(clients.ecs, revision, running);
  const choice = await choose(seen, standing, running, rollback, clients);
  if (choice.to === null) return { ...base, state: 'no-way-back', reason: noWay(choice.notes) };
  const { tags: fromTags } = await clients.ecs.taskDefinition(running);
  const joins = standing.state === 'rolling-back' && choice.ways.includes('native');
  return {
    ...base,
    ...wayBack(choice, seen, standing, running, rollback),
    fromTags,
    state: joins ? 'join' : 'ready',
  };
}

/** What serves is the primary task set, whatever a deployment that failed was to bring. */
function nothingToDo(
  { sets, condemned }: Survey,
  { state, atFault }: Standing,
  running: string,
  requested: string | undefined,
): string | null {
  const serving = sets.find(({ isPrimary }) => isPrimary)?.settings.taskDefinition ?? running;
  const current = state === 'rolling-out' ? running : serving;
  if (requested === current && state !== 'rolling-back')
    return `${nameOf(current)} is what ${state === 'rolling-out' ? 'is being rolled out' : 'runs'}`;
  if (requested !== undefined || state === 'rolling-out' || state === 'rolling-back') return null;
  if (serving === running || condemned.has(serving)) return null;
  return `deployment ${atFault.id} of ${nameOf(running)} is over, and ${nameOf(serving)} serves`;
}

function toDeployment(standing: Standing, running: string): Deployment {
  const { state, atFault } = standing;
  const shown = state === 'went-back' ? standing.by : atFault;
  return {
    id: shown.id,
    state: state === 'rolling-back' ? 'rolling-back' : stateOf(shown),
    startedAt: shown.createdAt,
    ...(shown.finishedAt !== null && { finishedAt: shown.finishedAt }),
    revision: toRevision(running),
    isRollback: state === 'went-back' || isOurs(atFault),
  };
}

function stateOf(deployment: CodeDeployment): Deployment['state'] {
  if (isInFlight(deployment)) return 'in-flight';
  return deployment.status === 'Succeeded' ? 'completed' : 'failed';
}

function wayBack(
  { to, source, ways, notes, revision }: Extract<Choice, { ways: unknown }>,
  { name, service, sets }: Survey,
  { atFault }: Standing,
  running: string,
  { request }: Claimed,
) {
  const { application, group, id: deployment, createdAt } = atFault;
  // A new task set comes up behind whichever of the two target groups is free: once it is there, Settle names it.
  const blue = sets.find(({ settings }) => settings.taskDefinition === to.arn);
  const groups = ways.includes('native') && blue !== undefined ? targetGroupsOf(blue) : [];
  return {
    source,
    from: toRevision(running),
    to: toRevision(to.arn),
    rungs: rungsOf(ways, nameOf(to.arn)),
    watch: watchOf(name, service, groups, request),
    notes,
    details: toJson({
      controller: 'CODE_DEPLOY',
      group: { application, group },
      deployment,
      createdAt,
      revision,
    }),
  };
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: no earlier deployment of this service succeeded'
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}
