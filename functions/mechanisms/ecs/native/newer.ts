import type { Planned } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import { changesBetween, without } from '../configuration.ts';
import type { Memo } from './memo.ts';
import type { DeploymentLine, Ecs, Service } from '../ecs.ts';
import { withCurrent } from '../list-deployments.ts';
import { describeRevisions } from '../revisions.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/** Lists the deployments created after the one at fault, newest first. Both times are ECS's own. */
export async function newerDeployments(
  ecs: Ecs,
  name: ServiceName,
  plan: Planned<Memo>['plan'],
  service: Promise<Service | null> = ecs.service(name),
): Promise<readonly DeploymentLine[]> {
  const { deployment, createdAt } = plan.memo;
  const [listed, now] = await Promise.all([ecs.deployments(name, createdAt), service]);
  const lines = await withCurrent(ecs, listed, now?.currentDeployment === deployment ? null : now);
  return lines.filter((line) => line.arn !== deployment && isAfter(line.createdAt, createdAt));
}

/**
 * Returns the newest deployment of the wanted content. UpdateService makes a new service revision, so the fields that
 * Lastgood sends decide: all others stay as the service has them, and those that ECS may have refused do not count.
 * Later calls use the deployment's id.
 */
export async function ownDeployment(
  ecs: Ecs,
  newer: readonly DeploymentLine[],
  plan: Planned<Memo>['plan'],
): Promise<string | null> {
  if (newer.length === 0) return null;
  const revisions = await describeRevisions(ecs, [plan.to.id, ...newer.map(({ revision }) => revision)]);
  const wanted = revisions.get(plan.to.id);
  const { changes, mayStay = [] } = plan.memo;
  const sent = ['taskDefinition', ...Object.keys(without(changes, mayStay))];
  const deploysIt = (line: DeploymentLine) => {
    const deployed = revisions.get(line.revision);
    return (
      wanted !== undefined &&
      deployed !== undefined &&
      !Object.keys(changesBetween(deployed.configuration, wanted.configuration)).some((field) =>
        sent.includes(field),
      )
    );
  };
  return newer.find(deploysIt)?.arn ?? null;
}
