import { condemnedIds, provenIds } from '../../../../src/ledger/among.ts';
import type { Entry } from '../../../../src/ledger/ledger.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Service } from '../ecs.ts';
import { canonical } from '../configuration.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import type { TaskSet } from '../task-sets/task-sets.ts';
import { taskDefinitionIn } from './app-spec.ts';
import type { Clients } from './clients.ts';
import type { CodeDeployment } from './code-deploy.ts';
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
  /** Reads the AppSpec file of a deployment once, if CodeDeploy keeps it. */
  readonly appSpec: (deployment: CodeDeployment) => Promise<string | null>;
  /** Returns the ARN of the task definition that a deployment deploys; null: unknown. */
  readonly deployed: (deployment: CodeDeployment) => Promise<string | null>;
}

export async function survey({ request }: Plannable, service: Service, clients: Clients): Promise<Survey> {
  const name = serviceOf(request.target);
  const [sets, entries] = await Promise.all([
    clients.taskSets.of(name),
    clients.ledger.entries(request.target),
  ]);
  const deployments = await deploymentsOf(sets, clients);
  const appSpec = remembered((one) => clients.codeDeploy.appSpec(one.application, one.revision));
  const deployed = async (one: CodeDeployment) => {
    const same = deployments.filter((other) => other.id === one.id || isSameFile(one, other));
    const made = sets.find(({ externalId }) => same.some(({ id }) => id === externalId));
    return made?.settings.taskDefinition ?? taskDefinitionIn((await appSpec(same[0] ?? one)) ?? '');
  };
  return {
    ...{ name, service, sets, entries, deployments, appSpec, deployed },
    condemned: condemnedIds(entries),
    proven: provenIds(entries),
    standing: standingOf(deployments, clients.now()),
  };
}

/**
 * Finds the deployment group: a service does not name it, but the task sets of CodeDeploy name its deployments.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html
 */
async function deploymentsOf(
  sets: readonly TaskSet[],
  { codeDeploy }: Clients,
): Promise<readonly CodeDeployment[]> {
  const id = sets.find(({ externalId }) => externalId?.startsWith('d-') === true)?.externalId ?? null;
  const one = id === null ? null : await codeDeploy.deployment(id);
  return one === null ? [] : codeDeploy.deployments(one);
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

function remembered<Answer>(read: (one: CodeDeployment) => Promise<Answer>) {
  const known = new Map<string, Promise<Answer>>();
  return (one: CodeDeployment): Promise<Answer> => {
    const answer = known.get(one.id) ?? read(one);
    known.set(one.id, answer);
    return answer;
  };
}
