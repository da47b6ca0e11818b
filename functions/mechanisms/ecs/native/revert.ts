import { isNamed } from '../../../../src/aws/errors.ts';
import type { OnRung } from '../../../../src/rollback/document.ts';
import type { Mechanism, RevertResult } from '../../../../src/rollback/mechanism.ts';
import { Unavailable } from '../../../../src/rollback/errors.ts';
import { soleSource } from './candidates.ts';
import { changesBetween, fieldsWithRole, startsDeployment, without, type Changes } from '../configuration.ts';
import type { Memo } from './memo.ts';
import type { DeploymentLine, Ecs, Service, ServiceDeployment } from '../ecs.ts';
import { deploymentsSince, ownDeployment } from './newer.ts';
import { describeRevisions } from '../revisions.ts';
import { STOP_DEPLOYMENT } from '../rungs.ts';
import { wentBack } from '../status.ts';
import { serviceOf, type ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';

/** Error codes which mean that a revision cannot be deployed, or no longer: this rung fails, another may not. */
const REFUSALS = [
  'InvalidParameterException',
  'ClientException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'UnsupportedFeatureException',
  'NamespaceNotFoundException',
  'ServiceNotActiveException',
  'ServiceNotFoundException',
  'ClusterNotFoundException',
];

export function revertWith({ ecs }: { readonly ecs: Ecs }): Mechanism<Memo>['revert'] {
  return (rollback) =>
    rollback.plan.rungs[rollback.rung]?.name === STOP_DEPLOYMENT
      ? join(ecs, rollback)
      : redeploy(ecs, rollback);
}

/** Writes nothing: Stop has requested the rollback, and ECS accepted, or ECS began it natively. */
async function join(ecs: Ecs, { plan, stopped }: OnRung<Memo>): Promise<RevertResult> {
  const { deployment: arn } = plan.memo;
  if (stopped?.state === 'reverting') return { state: 'joined', deployment: arn };
  const deployment = await ecs.deployment(arn);
  if (deployment === null) return { state: 'failed', reason: `ECS no longer knows deployment ${arn}` };
  if (wentBack(deployment.status)) return { state: 'joined', deployment: arn };
  return { state: 'failed', reason: `the deployment is ${deployment.status}: ECS does not roll it back` };
}

/**
 * Deploys the wanted revision again. If a newer deployment of it exists, an earlier try started it. Any other newer
 * deployment may be the fix, and stays. Settle polls a rollback by ECS that is still in flight.
 */
async function redeploy(ecs: Ecs, { request, plan }: OnRung<Memo>): Promise<RevertResult> {
  const name = serviceOf(request.target);
  const { newer, atFault } = await deploymentsSince(ecs, name, plan);
  const started = await ownDeployment(ecs, newer, plan);
  if (started !== null) return { state: 'started', deployment: started };
  const [other] = newer;
  if (other !== undefined) return { state: 'failed', reason: `a newer deployment took over: ${other.arn}` };
  const native = await awsRollback(ecs, atFault, plan);
  const isWanted = native?.to === plan.to.id;
  // Even a slow rollback is the fastest way: a forced deployment would replace the tasks that it has restored.
  if (isWanted && native.status !== 'ROLLBACK_FAILED') return { state: 'joined', deployment: native.arn };
  const changes = await changesFrom(ecs, native?.to ?? null, plan);
  // After a failed rollback the service already names the revision, so only force starts a deployment.
  const sent = await send(ecs, name, changes, isWanted);
  if ('refusal' in sent) return { state: 'failed', reason: sent.refusal };
  const deployment = startedBy(sent.service, plan) ?? (await listedOf(ecs, name, plan));
  // ECS is eventually consistent. The retry finds the deployment once it is listed.
  if (deployment === null)
    throw new Unavailable('ECS does not show the deployment that it was asked for yet');
  return { state: 'started', deployment };
}

/**
 * Returns the deployment that UpdateService started, from its answer; null: it does not show it. The answer contains the
 * current deployment, which may be that of a moment before (kayac/ecspresso, pull request 945). Before the call there was
 * none that the plan does not know. Settle checks the content before it trusts it.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
 * Unknown: current-service-deployment.
 */
function startedBy({ currentDeployment: current }: Service, { memo, recent = [] }: Plan): string | null {
  const isKnown = current === memo.deployment || recent.some(({ id }) => id === current);
  return isKnown ? null : current;
}

/** Returns the deployment that UpdateService started, by its content: the newest one may be by a pipeline. */
async function listedOf(ecs: Ecs, name: ServiceName, plan: Plan): Promise<string | null> {
  const { newer } = await deploymentsSince(ecs, name, plan);
  return ownDeployment(ecs, newer, plan);
}

type Plan = OnRung<Memo>['plan'];

interface ToSend {
  readonly changes: Changes;
  /** The same changes from each revision that the service may have now. */
  readonly fromEach: readonly Changes[];
  /** The fields that may stay as they are if ECS refuses them. */
  readonly mayStay: readonly string[];
}

/** The service after the update, or why ECS refused it. */
type Sent = { readonly service: Service } | { readonly refusal: string };

/**
 * Calls UpdateService. If ECS refuses the fields with an infrastructure role, or does not let Lastgood pass that role,
 * they stay as they are, as long as the old task definition is still sent.
 */
async function send(ecs: Ecs, name: ServiceName, toSend: ToSend, isForced: boolean): Promise<Sent> {
  const { changes, fromEach, mayStay } = toSend;
  const update = (kept: readonly string[]) =>
    ecs.update(
      name,
      without(changes, kept),
      isForced || !fromEach.every((each) => startsDeployment(without(each, kept))),
    );
  const maySplit = mayStay.length > 0 && 'taskDefinition' in changes;
  const whole = await answerOf(update([]), maySplit ? [...REFUSALS, 'AccessDeniedException'] : REFUSALS);
  if ('service' in whole || !maySplit) return whole;
  const rest = await answerOf(update(mayStay), REFUSALS);
  return 'service' in rest ? rest : { refusal: [...new Set([whole.refusal, rest.refusal])].join('; ') };
}

async function answerOf(updating: Promise<Service>, refusals: readonly string[]): Promise<Sent> {
  try {
    return { service: await updating };
  } catch (error) {
    if (isNamed(error, ...refusals)) return { refusal: `${error.name}: ${error.message}` };
    throw error;
  }
}

/** ECS's own rollback of the deployment at fault, however far it is. */
interface AwsRollback {
  /** ARN and status of the deployment that it rolls back. */
  readonly arn: string;
  readonly status: ServiceDeployment['status'];
  /** The revision that it restores; null: unknown. */
  readonly to: string | null;
}

/**
 * Reads it. The list shows whether there is one. Where it goes is read only if the plan does not know that.
 * @param listed the deployment at fault, as it is listed now
 */
async function awsRollback(
  ecs: Ecs,
  listed: DeploymentLine | null,
  { memo }: Plan,
): Promise<AwsRollback | null> {
  if (listed !== null && !wentBack(listed.status)) return null;
  if (listed !== null && memo.awsGoesTo !== undefined)
    return { arn: listed.arn, status: listed.status, to: memo.awsGoesTo };
  const deployment = await ecs.deployment(memo.deployment);
  if (deployment === null || !wentBack(deployment.status)) return null;
  const { arn, status } = deployment;
  return { arn, status, to: deployment.rollbackRevision ?? soleSource(deployment) };
}

/**
 * Returns the changes from the revision at fault, and from the one that ECS restores. AWS does not document when the
 * service gets the settings of the restored one.
 */
async function changesFrom(ecs: Ecs, native: string | null, plan: Plan): Promise<ToSend> {
  const { changes, mayStay = [] } = plan.memo;
  const planned = { changes, fromEach: [changes], mayStay };
  if (native === null || native === plan.to.id) return planned;
  const revisions = await describeRevisions(ecs, [native, plan.to.id]);
  const [has, wanted] = [revisions.get(native), revisions.get(plan.to.id)];
  if (has === undefined || wanted === undefined) return planned;
  const more = changesBetween(has.configuration, wanted.configuration);
  const alsoMayStay = fieldsWithRole(has.configuration, wanted.configuration);
  return {
    changes: { ...changes, ...more },
    fromEach: [changes, more],
    mayStay: [...new Set([...mayStay, ...alsoMayStay])],
  };
}
