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

/** Everything a plan is made from, read once. */
export interface Survey {
  readonly name: ServiceName;
  readonly service: Service;
  readonly sets: readonly TaskSet[];
  readonly entries: readonly Entry[];
  readonly condemned: ReadonlySet<string>;
  /** Ids of the revisions that the ledger has as proven, newest first. */
  readonly proven: readonly string[];
  /** Those of the service's deployment group, newest first. */
  readonly deployments: readonly CodeDeployment[];
  /** Null: CodeDeploy has deployed none of what runs. */
  readonly standing: Standing | null;
  /** The AppSpec file of a deployment, if CodeDeploy keeps it. Read once each. */
  readonly appSpec: (deployment: CodeDeployment) => Promise<string | null>;
  /** ARN of the task definition that a deployment deploys; null: nobody can say. */
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
 * A service does not name its deployment group: the task sets that CodeDeploy made name its deployments.
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

/** Whether two deployments deploy one AppSpec file. What lies on S3 may be written over, unless its version or hash is said. */
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
