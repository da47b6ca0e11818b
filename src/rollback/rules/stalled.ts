import type { Deployment } from '../plan.ts';
import { prospectOf, type Progress } from '../progress.ts';
import { isAfter } from '../time.ts';
import { act, ask, skip, type Finding, type Rule } from './rule.ts';

/**
 * Checks the report of a stalled deployment against the current state at AWS. The events name no deployment, and need
 * none in flight: tasks that cannot start while a service scales out cause the same events.
 */
export const isStalled: Rule = ({ facts: { request, plan } }) => {
  const { target, trigger } = request;
  const { deployment } = plan;
  if (trigger?.type !== 'deployment' || trigger.sign !== 'stalled') return null;
  if (deployment === undefined || deployment.state !== 'in-flight')
    return skip(
      `${target} has no deployment in flight. The failures belong to the revision that already runs, and going back would not mend them.`,
    );
  const { revision, progress, startedAt } = deployment;
  if (isAfter(startedAt, trigger.at))
    return skip(
      `The deployment of ${revision.name} began after deployment ${trigger.deployment} had stalled.`,
    );
  return progress === undefined
    ? ask(`How far the deployment of ${revision.name} has come is unknown.`)
    : byProgress(deployment, progress);
};

function byProgress({ revision: { name }, changes }: Deployment, progress: Progress): Finding {
  const { of, wanted, up, failed } = progress;
  const failures = `${failed} ${of} of ${name} failed`;
  switch (prospectOf(progress)) {
    case 'progressing':
      return skip(`${up} of ${wanted} ${of} of ${name} have come up, so the others may.`);
    case 'too-early':
      return skip(`${failures}, which is too little evidence that its deployment cannot progress.`);
    case 'unplaced':
      return ask(`AWS cannot place ${of} of ${name}, possibly for lack of capacity${quoted(progress)}.`);
    case 'stalled':
      return changes?.length === 0
        ? ask(`${failures} and none came up, but its deployment changes nothing${quoted(progress)}.`)
        : act(
            `The deployment of ${name} cannot progress: ${failures} and none of ${wanted} came up${quoted(progress)}.`,
          );
  }
}

function quoted({ because, others }: Progress): string {
  const beside = others === 0 ? 'nothing else runs' : `${others} still run the revision before`;
  return because === '' ? `; ${beside}` : `; ${beside}. AWS says of the last one: ${because}`;
}
