import { readSpelling } from '../../../src/ledger/spelling.ts';
import { passedOver } from '../../../src/rollback/first-way.ts';
import { isBefore } from '../../../src/rollback/blame.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Ready, Revision } from '../../../src/rollback/plan.ts';
import { targetOf } from '../../../src/targets/kinds/pipeline/target.ts';
import type { CodePipeline, Execution, Source } from './codepipeline.ts';
import { contentOf, revisionOf } from './revision.ts';
import type { Survey } from './survey.ts';

/** The execution to go back to, if there is one, and why others were passed over. */
export type Choice =
  | {
      readonly to: Revision;
      readonly source: Ready['source'];
      readonly content: string;
      readonly sources: readonly Source[];
      readonly notes: readonly string[];
    }
  | { readonly to: null; readonly notes: readonly string[] };

/** Limits the notes of a plan. */
const MAX_NOTES = 4;

/**
 * Takes the newest execution of the present structure version that succeeded in the stage and is proven. Success of its
 * actions alone proves nothing.
 */
export function choose(seen: Survey): Choice {
  const { succeeded, proven } = seen;
  const notes = acrossEdits(seen);
  for (const execution of succeeded.filter(({ id }) => proven.has(id))) {
    const why = whyNot(execution, seen);
    if (why === null) return { ...wayTo(execution, 'ledger'), notes: notes.slice(0, MAX_NOTES) };
    if (why !== '') notes.push(passedOver(revisionOf(execution).name, why));
  }
  return { to: null, notes: notes.slice(0, MAX_NOTES) };
}

function wayTo(execution: Execution, source: Ready['source']) {
  const { sources, id } = execution;
  return { to: revisionOf(execution), source, content: contentOf(sources, id), sources };
}

/** Returns why a proven execution is no candidate; an empty text needs no note. Null: it is one. */
function whyNot(execution: Execution, { blame, condemned, rollouts, runs }: Survey): string | null {
  const { id, sources } = execution;
  const content = contentOf(sources, id);
  if (condemned.has(id)) return '';
  if (condemned.has(content)) return 'the same source revisions were at fault before';
  if (blame === null || rollouts === null) return null;
  const { suspect } = blame;
  if (suspect.revision.id === id) return '';
  if (content === suspect.content)
    return `it has the source revisions of ${suspect.revision.name}, the suspect`;
  const since = runs.findLast(({ revision }) => revision.id === id)?.startedAt ?? execution.startedAt;
  if (isBefore({ content, since }, blame, rollouts.recent)) return null;
  return `it is newer than ${suspect.revision.name}, the suspect`;
}

/** Notes the proven executions that an edit of the pipeline put out of reach. */
function acrossEdits({ runs, proven, condemned, pipeline: { version } }: Survey): string[] {
  const older = runs.filter(
    (run) => run.version !== version && proven.has(run.revision.id) && !condemned.has(run.revision.id),
  );
  const names = [...new Map(older.map(({ revision, version: was }) => [revision.name, was]))];
  return names.map(([name, was]) => passedOver(name, edited(was, version)));
}

function edited(was: number, version: number): string {
  return `it ran with structure version ${was}, the pipeline was edited since, and AWS rolls back only within version ${version}`;
}

/**
 * Returns the execution that a request names. One of the type ROLLBACK stands for what it redeployed.
 * @throws InvalidRequest if the pipeline has no such execution
 */
export async function requested(
  text: string,
  seen: Survey,
  codepipeline: Pick<CodePipeline, 'execution'>,
): Promise<Choice> {
  const { name, pipeline, succeeded } = seen;
  const problem = `${name.pipeline} has no execution ${JSON.stringify(text)}`;
  const revision = meantBy(text, seen);
  if (!EXECUTION.test(revision)) throw new InvalidRequest('request.revision', problem);
  const known = await codepipeline.execution(name.pipeline, revision);
  if (known === null) throw new InvalidRequest('request.revision', problem);
  const id = known.redeploys ?? known.id;
  const found = succeeded.find((one) => one.id === id);
  if (found !== undefined) return { ...wayTo(found, 'request'), notes: [] };
  const why =
    known.version === pipeline.version
      ? `it did not succeed in the stage ${name.stage}`
      : edited(known.version, pipeline.version);
  return { to: null, notes: [passedOver(revisionOf(known).name, why)] };
}

/**
 * Returns the id of the execution that a short text means: the name that Lastgood shows, a commit, or the beginning of an
 * id. The ledger knows only the proven ones. A text that means none is returned as it is.
 * @throws InvalidRequest if it means executions of different source revisions
 */
function meantBy(text: string, { name, executions, succeeded }: Survey): string {
  const spelling = readSpelling(targetOf(name), text);
  if (EXECUTION.test(text) || spelling.state === 'unclear') return text;
  const isMeant = (one: Execution) =>
    spelling.is(revisionOf(one)) ||
    (text.length >= 7 && one.sources[0]?.id.startsWith(text.toLowerCase()) === true);
  const standard = executions.filter(({ redeploys }) => redeploys === null);
  const found = [...succeeded, ...standard].filter((one) => isMeant(one));
  const contents = new Set(found.map(({ sources, id }) => contentOf(sources, id)));
  if (contents.size <= 1) return found[0]?.id ?? text;
  const ids = [...new Set(found.map(({ id }) => id))].join(' or ');
  throw new InvalidRequest('request.revision', `${JSON.stringify(text)} may mean ${ids}: name one of them`);
}

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html */
const EXECUTION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
