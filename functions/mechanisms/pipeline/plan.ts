import { backAlready, noteOn, replaced } from '../../../src/rollback/blame.ts';
import { explained } from '../../../src/rollback/explained.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Joinable, Plan, Ready } from '../../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../../src/rollback/request.ts';
import { isRestart } from '../../../src/rollback/suspect.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { choose, requested, type Choice } from './choice.ts';
import type { Memo } from './memo.ts';
import { notesOn } from './notes.ts';
import { ownedBy, whyRunning } from './owner.ts';
import type { Rollouts } from './recent.ts';
import { traitsOf } from './revision.ts';
import { joiningRungs, rungsOf } from './rungs.ts';
import { isRunning } from './runs.ts';
import { whyUnsupported } from './supported.ts';
import { survey, type Clients, type Survey } from './survey.ts';

type Base = Pick<Ready, 'at' | 'tags' | 'recent'> & { readonly deployment: Rollouts['recent'][0] };
type Found = Extract<Choice, { source: unknown }>;

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const { request } = rollback;
    const seen = await survey(rollback, clients);
    const { name, tags, rollouts } = seen;
    const bare = { at: clients.now(), tags };
    const idle = deploysNothing(seen, request);
    if (idle !== null) return { ...bare, state: 'nothing-to-do', reason: idle };
    if (rollouts === null)
      return {
        ...bare,
        ...noWayBack(`nothing has run in the stage ${name.stage} since AWS keeps its history`),
      };
    const { recent, atFault, goingBack } = rollouts;
    const base = { ...bare, deployment: recent[0], recent };
    const why = whyUnsupported(seen) ?? ownedBy(name, tags);
    if (why !== null) return { ...base, ...noWayBack(why) };
    const asked =
      request.revision === undefined ? null : await requested(request.revision, seen, clients.codepipeline);
    if (goingBack !== null) return joining(base, seen, rollouts, request, asked);
    if (asked?.to?.id === atFault.revision.id && atFault.status === 'Succeeded')
      return { ...base, state: 'nothing-to-do', reason: `${asked.to.name} already runs` };
    if (isRunning(atFault)) return { ...base, ...noWayBack(whyRunning(seen.stage, seen.state, atFault.id)) };
    const again =
      request.revision === undefined && isAutomatic(request) ? onlyRestarted(seen, rollouts) : null;
    if (again !== null) return { ...base, state: 'nothing-to-do', reason: again };
    const choice = asked ?? choose(seen);
    if (choice.to === null) return { ...base, ...nowhere(choice.notes, seen, request) };
    const back = whyBack(choice, seen, request);
    return back === null
      ? ready(base, choice, seen, rollouts, request)
      : { ...base, state: 'nothing-to-do', reason: back };
  };
}

/** A failed build or test changes nothing that runs. AWS's events name every stage of every pipeline. */
function deploysNothing({ stage, runs }: Survey, { trigger }: Request): string | null {
  if (trigger?.type !== 'deployment') return null;
  const { deployment } = trigger;
  if (runs.some(({ id, onlyAsked }) => id === deployment && onlyAsked))
    return `the approval of execution ${deployment} was rejected or timed out before another action of the stage ${stage.name} began, so nothing that runs was changed`;
  if (stage.actions.some(({ category }) => category === 'Deploy')) return null;
  return `the stage ${stage.name} has no deploy action, so its failure changed nothing that runs`;
}

/** Returns why nothing is to do if the suspect only deployed again what was proven before; null if it did not. */
function onlyRestarted({ blame, proven }: Survey, { recent }: Rollouts): string | null {
  if (blame === null) return null;
  const { suspect } = blame;
  const older = recent.slice(recent.findIndex(({ id }) => id === suspect.id) + 1);
  const isProven = recent.some(
    ({ revision, content }) => content === suspect.content && proven.has(revision.id),
  );
  if (suspect.state === 'failed' || !isRestart(suspect, older) || !isProven) return null;
  return `${suspect.revision.name} has the source revisions that ran before and were proven: going back would change nothing`;
}

/** Returns why nothing is to do if the wanted revisions have already replaced the suspect; null if they have not. */
function whyBack({ content }: Found, { blame }: Survey, { revision }: Request): string | null {
  if (revision !== undefined || blame?.replacedBy?.content !== content) return null;
  return backAlready(blame.replacedBy, blame);
}

/** Plans to wait for a rollback of the stage that runs: of CodePipeline itself, or of a person. */
function joining(
  base: Base,
  seen: Survey,
  { goingBack, atFault }: Rollouts,
  request: Request,
  asked: Choice | null,
): Plan<Memo> {
  const { stage, state, condemned, runs } = seen;
  const to = goingBack?.revision ?? atFault.revision;
  const isWanted = asked === null ? !condemned.has(to.id) : asked.to?.id === to.id;
  if (goingBack === null || !isWanted)
    return {
      ...base,
      ...noWayBack(`${whyRunning(stage, state, goingBack?.id ?? '')}. It goes back to ${to.name}`),
    };
  const joinable: Joinable<Memo> = {
    ...base,
    state: 'join',
    source: asked !== null ? 'request' : seen.proven.has(to.id) ? 'ledger' : 'deployments',
    from: atFault.revision,
    to,
    fromTags: {},
    rungs: joiningRungs(stage.name, to.name, runs),
    inFlight: true,
    watch: watchFor(seen.tags, request, []),
    memo: { latest: goingBack.id, known: [], holds: false },
  };
  return explained(joinable, [traitsOf(atFault.sources), traitsOf(goingBack.sources)]);
}

function ready(
  base: Base,
  { to, source, sources, notes }: Found,
  seen: Survey,
  { atFault }: Rollouts,
  request: Request,
): Ready<Memo> {
  const { name, tags, holds, runs, executions, state } = seen;
  const blame = request.revision === undefined ? seen.blame : null;
  const plan: Ready<Memo> = {
    ...base,
    state: 'ready',
    source,
    from: base.deployment.revision,
    ...(blame !== null && blame.replacedBy !== null && { suspect: blame.suspect.revision }),
    to,
    // Executions have no tags, so they cannot declare a barrier.
    fromTags: {},
    rungs: rungsOf(name.stage, to.name, holds, runs),
    // A stage that runs has no plan, and what runs in other stages is not stopped.
    inFlight: false,
    watch: watchFor(tags, request, []),
    notes: [...(blame === null ? [] : noteOn(blame)), ...notes, ...notesOn(seen)],
    ...(isAutomatic(request) && { doubt: NEVER_AUTOMATIC }),
    memo: {
      latest: state.latest?.id ?? atFault.id,
      known: executions.filter(({ redeploys }) => redeploys === to.id).map(({ id }) => id),
      holds,
    },
  };
  return explained(plan, [traitsOf(atFault.sources), traitsOf(sources)]);
}

/** Actions of a stage may do anything: migrate a database, publish a package, call another account. */
const NEVER_AUTOMATIC =
  'A rollback of a stage runs all of its actions again, so a person decides, whatever the tag lastgood says';

/** Returns why nothing better is known. The execution that replaced the suspect stays. */
function nowhere(notes: readonly string[], { blame, pipeline, succeeded, name }: Survey, request: Request) {
  const asked = cannotPutBack(request, notes);
  const { version } = pipeline;
  const none =
    succeeded.length === 0
      ? `no execution of structure version ${version} has succeeded in the stage ${name.stage}, and AWS rolls back to no other version`
      : `no other execution of structure version ${version} is proven in the stage ${name.stage}`;
  if (asked !== null || blame?.replacedBy == null)
    return noWayBack(asked ?? noneFit('there is no last known good execution', notes, none));
  return replaced(blame.replacedBy, blame, notes);
}
