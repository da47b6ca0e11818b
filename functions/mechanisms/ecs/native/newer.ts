import type { Planned } from '../../../../src/rollback/document.ts';
import { after, isAfter } from '../../../../src/rollback/time.ts';
import { changesBetween, without } from '../configuration.ts';
import type { Memo } from './memo.ts';
import type { DeploymentLine, Ecs, Service, ServiceRevision } from '../ecs.ts';
import { withCurrent } from '../list-deployments.ts';
import { describeRevisions } from '../revisions.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

type Plan = Planned<Memo>['plan'];

/** The deployments since the plan, as ECS lists them. */
export interface Since {
  /** Those created after the one at fault, newest first. Both times are ECS's own. */
  readonly newer: readonly DeploymentLine[];
  /** The one at fault; null: ECS does not list it. */
  readonly atFault: DeploymentLine | null;
}

/** Lists in one call. Filters by time are about whole seconds, so the list begins a second before the one at fault. */
export async function deploymentsSince(
  ecs: Ecs,
  name: ServiceName,
  plan: Plan,
  service: Promise<Service | null> = ecs.service(name),
): Promise<Since> {
  const { deployment, createdAt } = plan.memo;
  const [listed, now] = await Promise.all([ecs.deployments(name, after(createdAt, -1)), service]);
  const lines = await withCurrent(ecs, listed, now?.currentDeployment === deployment ? null : now);
  return {
    newer: lines.filter((line) => line.arn !== deployment && isAfter(line.createdAt, createdAt)),
    atFault: lines.find(({ arn }) => arn === deployment) ?? null,
  };
}

/** Returns the newest deployment of the wanted content. Later calls use its id. */
export async function ownDeployment(
  ecs: Ecs,
  newer: readonly DeploymentLine[],
  plan: Plan,
): Promise<string | null> {
  if (newer.length === 0) return null;
  const revisions = await describeRevisions(ecs, [plan.to.id, ...newer.map(({ revision }) => revision)]);
  const wanted = revisions.get(plan.to.id);
  const own = newer.find((line) => {
    const deployed = revisions.get(line.revision);
    return wanted !== undefined && deployed !== undefined && deploysIt(deployed, wanted, plan);
  });
  return own?.arn ?? null;
}

/**
 * Says whether a revision deploys what Lastgood sent. UpdateService makes a new service revision, so the fields that were
 * sent decide: all others stay as the service has them, and those that ECS may have refused do not count.
 */
export function deploysIt(deployed: ServiceRevision, wanted: ServiceRevision, { memo }: Plan): boolean {
  const { changes, mayStay = [] } = memo;
  const sent = ['taskDefinition', ...Object.keys(without(changes, mayStay))];
  const differing = Object.keys(changesBetween(deployed.configuration, wanted.configuration));
  return !differing.some((field) => sent.includes(field));
}
