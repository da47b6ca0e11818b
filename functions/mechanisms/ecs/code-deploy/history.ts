import type { Claimed } from '../../../../src/rollback/document.ts';
import { blameOf, isBefore, type Blame, type Recent } from '../blame.ts';
import type { Contents } from '../content.ts';
import type { Ecs } from '../ecs.ts';
import { condemnedAs, contentsOfDefinitions } from '../task-sets/revisions.ts';
import type { CodeDeployment } from './code-deploy.ts';
import { recentOf, shownOf, type Shown } from './recent.ts';
import type { Survey } from './survey.ts';
import type { Standing } from './standing.ts';

/** What a group deployed lately, by content, and who is to blame. */
export interface History {
  /** ARN of the task definition that runs now, or is being rolled out. */
  readonly runs: string;
  readonly recent: Recent;
  readonly blame: Blame;
  /** The suspect's deployment. */
  readonly suspect: CodeDeployment;
  /** By the ARNs of task definitions. */
  readonly contents: Contents;
  /** The id under which a task definition's content was condemned; its own where it was not. */
  readonly condemnedAs: (taskDefinition: string) => string;
  /** Whether a task definition may be gone back to. */
  readonly isFit: (taskDefinition: string) => boolean;
}

/** How many condemned task definitions are read, newest first, to know one that was registered anew. */
const MAX_CONDEMNED = 6;

/** @param running ARN of the task definition that `standing.atFault` deploys */
export async function historyOf(
  seen: Survey,
  standing: Standing,
  running: string,
  rollback: Claimed,
  ecs: Pick<Ecs, 'taskDefinition'>,
): Promise<History> {
  const { deployments, sets, condemned, proven } = seen;
  const runs = whatRuns(seen, standing, running);
  const [newest = standing.atFault, ...older] = shownOf(deployments);
  const shown: Shown = [newest, ...older];
  const deployed = new Map([...(await deployedBy(shown, seen)), [standing.atFault.id, running]]);
  const contents = await contentsOfDefinitions(
    [
      runs,
      ...[...condemned].slice(0, MAX_CONDEMNED),
      ...deployed.values(),
      ...proven.slice(0, MAX_CONDEMNED),
    ],
    ecs,
  );
  const recent = recentOf(shown, { standing, deployments, sets, deployed, contents });
  const blame = blameOf(recent, rollback);
  return {
    runs,
    recent,
    blame,
    suspect: deployments.find(({ id }) => id === blame.suspect.id) ?? standing.atFault,
    contents,
    condemnedAs: (one) => condemnedAs(one, condemned, contents),
    isFit: (one) =>
      one !== runs &&
      one !== running &&
      !condemned.has(condemnedAs(one, condemned, contents)) &&
      isBefore(contents.get(one), blame.suspect, recent),
  };
}

/** While nothing is under way, that is the primary task set, whatever a deployment that failed was to bring. */
function whatRuns({ sets }: Survey, { state }: Standing, running: string): string {
  if (state === 'rolling-out' || state === 'rolling-back') return running;
  return sets.find(({ isPrimary }) => isPrimary)?.settings.taskDefinition ?? running;
}

async function deployedBy(
  shown: readonly CodeDeployment[],
  { deployed }: Survey,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(shown.map(async (one) => [one.id, await deployed(one)] as const));
  return new Map(found.flatMap(([id, arn]) => (arn === null ? [] : [[id, arn] as const])));
}
