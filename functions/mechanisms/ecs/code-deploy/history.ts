import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Definitions } from '../definitions.ts';
import { historyOf as historyFrom, type History as AnyHistory } from '../task-sets/history.ts';
import type { CodeDeployment } from './code-deploy.ts';
import { recentOf, shownOf, type Shown } from './recent.ts';
import type { Survey } from './survey.ts';
import type { Standing } from './standing.ts';

export interface History extends AnyHistory {
  /** The deployment of the suspect. */
  readonly suspect: CodeDeployment;
}

/** Returns the history. @param running ARN of the task definition that `standing.atFault` deploys */
export function historyOf(
  seen: Survey,
  standing: Standing,
  running: string,
  rollback: Plannable,
  read: Pick<Definitions, 'get'>,
): History {
  const { deployments, sets, entries } = seen;
  const [newest = standing.atFault, ...older] = shownOf(deployments);
  const shown: Shown = [newest, ...older];
  const deployed = new Map([...deployedBy(shown, seen), [standing.atFault.id, running]]);
  const history = historyFrom(
    { entries, runs: whatRuns(seen, standing, running) },
    [...deployed.values()],
    (contents) => recentOf(shown, { standing, deployments, sets, deployed, contents, entries }),
    rollback,
    read,
  );
  const suspect = deployments.find(({ id }) => id === history.blame.suspect.id) ?? standing.atFault;
  return { ...history, suspect };
}

/**
 * Returns what runs. Unless a deployment is in flight, that is the primary task set, whatever a failed deployment had.
 */
function whatRuns({ sets }: Survey, { state }: Standing, running: string): string {
  if (state === 'rolling-out' || state === 'rolling-back') return running;
  return sets.find(({ isPrimary }) => isPrimary)?.settings.taskDefinition ?? running;
}

function deployedBy(shown: readonly CodeDeployment[], { deployed }: Survey): ReadonlyMap<string, string> {
  return new Map(
    shown.flatMap((one) => {
      const arn = deployed(one);
      return arn === null ? [] : [[one.id, arn] as const];
    }),
  );
}
