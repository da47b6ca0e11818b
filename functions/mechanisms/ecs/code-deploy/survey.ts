import { condemnedIds, provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Tags } from '../../../../src/rollback/plan.ts';
import { canonical } from '../configuration.ts';
import type { Begun } from '../controller.ts';
import type { Service } from '../ecs.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import { taskDefinitionIn } from './app-spec.ts';
import type { Clients } from './clients.ts';
import type { CodeDeployment, Group } from './code-deploy.ts';
import { standingOf, type Standing } from './standing.ts';

/** Everything that a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  readonly sets: readonly TaskSet[];
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
  /** Ids of the proven revisions, newest first. */
  readonly proven: readonly string[];
  /** The deployments of the service's deployment group, newest first. */
  readonly deployments: readonly CodeDeployment[];
  /** Null: CodeDeploy deployed none of the present task sets. */
  readonly standing: Standing | null;
  /** Returns the AppSpec file of a deployment, if CodeDeploy keeps it. */
  readonly appSpec: (deployment: CodeDeployment) => string | null;
  /** Returns the ARN of the task definition that a deployment deploys; null: unknown. */
  readonly deployed: (deployment: CodeDeployment) => string | null;
  /** The tags of the deployment group. */
  readonly groupTags: Tags;
}

export async function survey({ request }: Plannable, begun: Begun, clients: Clients): Promise<Survey> {
  const { service } = begun;
  const name = serviceOf(request.target);
  const shown = groupOf(service.taskSets, clients);
  const [sets, entries, early] = await Promise.all([clients.taskSets.of(name), begun.entries, shown]);
  const group = early ?? (await groupOf(sets, clients));
  const deployments = group === null ? [] : await clients.codeDeploy.deployments(group);
  const [texts, groupTags] = await Promise.all([
    clients.codeDeploy.appSpecs(deployments),
    group === null ? {} : clients.codeDeploy.tags(arnOf(group, service.arn)),
  ]);
  const appSpec = ({ id }: CodeDeployment) => texts.get(id) ?? null;
  const deployed = (one: CodeDeployment) => {
    const same = deployments.filter((other) => other.id === one.id || isSameFile(one, other));
    const made = sets.find(({ externalId }) => same.some(({ id }) => id === externalId));
    return made?.settings.taskDefinition ?? taskDefinitionIn(appSpec(same[0] ?? one) ?? '');
  };
  return {
    ...{ name, service, sets, entries, deployments, appSpec, deployed, groupTags },
    condemned: condemnedIds(entries),
    proven: provenIds(entries),
    standing: standingOf(deployments, clients.now()),
  };
}

/**
 * Finds the deployment group: a service does not name it, but the task sets of CodeDeploy name its deployments.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html
 */
async function groupOf(sets: readonly TaskSet[], { codeDeploy }: Clients): Promise<Group | null> {
  const id = sets.find(({ externalId }) => externalId?.startsWith('d-') === true)?.externalId ?? null;
  return id === null ? null : codeDeploy.deployment(id);
}

/** Returns the group's ARN, in the service's own partition, account and Region. */
function arnOf({ application, group }: Group, serviceArn: string): string {
  const [, partition, , region, account] = serviceArn.split(':');
  return `arn:${partition ?? 'aws'}:codedeploy:${region ?? ''}:${account ?? ''}:deploymentgroup:${application}/${group}`;
}

/**
 * Returns whether two deployments deploy one AppSpec file. A file on S3 may be overwritten, unless its version or hash
 * is known.
 */
function isSameFile({ revision }: CodeDeployment, other: CodeDeployment): boolean {
  const { revisionType, s3Location } = revision;
  const isSure = revisionType !== 'S3' || (s3Location?.version ?? s3Location?.eTag) !== undefined;
  return isSure && revisionType !== undefined && canonical(revision) === canonical(other.revision);
}
