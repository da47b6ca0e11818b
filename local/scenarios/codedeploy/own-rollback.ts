import type { DeploymentInfo, GetDeploymentOutput, ListDeploymentsOutput } from '@aws-sdk/client-codedeploy';
import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import type { Rollback } from '../../../src/rollback/document.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** A deployment group with CodeDeploy's own rollback, and a bad release. */
export interface Ground {
  /** Prefix of the scenarios' names: `codedeploy`. */
  readonly prefix: string;
  readonly target: string;
  readonly names: { readonly applicationName: string; readonly deploymentGroupName: string };
  /** Bad minutes until the late alarm turns: more than Lastgood needs, and fewer than going back takes. */
  readonly lateMinutes: number;
  /**
   * Opens the group with `v1` proven. Returns a function that releases the bad `v2` slowly and returns the deployment's
   * id.
   */
  readonly open: (stage: Stage) => Promise<() => string>;
  /** Returns null if `v1` serves, or else the difference. */
  readonly serves: (stage: Stage) => string | null;
}

/** The alarm that calls Lastgood, and one that turns minutes later. */
const ALARM = 'checkout-errors';
const LATE = 'checkout-errors-late';

const WELL = { outcome: 'rolled-back', served: true, writes: [] } satisfies Ending;

/**
 * Scenarios of a group that rolls back when an alarm stops its deployment. CodeDeploy or Lastgood may be first, and the
 * other joins: one deployment brings the good revision back, and the outcome says who began.
 */
export function ownRollbacks(ground: Ground): readonly Scenario[] {
  return [race(ground), codeDeployFirst(ground), lastgoodFirst(ground)];
}

function race(ground: Ground): Scenario {
  return {
    name: `${ground.prefix}-own-rollback-race`,
    shows:
      'the group watches the very alarm that calls Lastgood, and goes back natively: the second of the two joins the first',
    target: ground.target,
    play: async (stage) => {
      const release = await ground.open(stage);
      watch(stage, ground, ALARM);
      release();
      await stage.aftermath();
    },
    ends: {
      ...WELL,
      orWrites: ['StopDeployment'],
      also: (stage) => ground.serves(stage) ?? wentBackOnce(stage, ground) ?? namesActor(stage),
    },
  };
}

function codeDeployFirst(ground: Ground): Scenario {
  return {
    name: `${ground.prefix}-own-rollback-first`,
    shows:
      "CodeDeploy stops the deployment and goes back while Lastgood's stop is still throttled: Lastgood joins",
    target: ground.target,
    play: async (stage) => {
      const release = await ground.open(stage);
      watch(stage, ground, ALARM);
      const deployment = release();
      throttleStops(stage);
      await stage.until('CodeDeploy stopped it', () => show(stage, deployment).status === 'Stopped');
      stage.runtime.wire.disturb.heal('codedeploy', 'StopDeployment');
      await stage.aftermath();
    },
    ends: {
      ...WELL,
      because: /AWS went back natively/,
      also: (stage) => ground.serves(stage) ?? wentBackOnce(stage, ground),
    },
  };
}

function lastgoodFirst(ground: Ground): Scenario {
  return {
    name: `${ground.prefix}-own-rollback-late`,
    shows:
      'the alarm that the group watches turns after Lastgood started the way back: it goes on, and no other begins',
    target: ground.target,
    play: async (stage) => {
      const release = await ground.open(stage);
      putLateAlarm(stage, ground);
      watch(stage, ground, LATE);
      release();
      await stage.aftermath();
    },
    ends: {
      ...WELL,
      writes: ['StopDeployment'],
      because: /healthy since \S+Z\.$/,
      also: (stage) => ground.serves(stage) ?? wentBackOnce(stage, ground),
    },
  };
}

function watch(stage: Stage, { names }: Ground, name: string): void {
  stage.call('codedeploy', 'UpdateDeploymentGroup', {
    applicationName: names.applicationName,
    currentDeploymentGroupName: names.deploymentGroupName,
    alarmConfiguration: { enabled: true, alarms: [{ name }] },
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM'] },
  });
}

/** Puts an alarm on the same metrics, over more minutes. No tag names a target. */
function putLateAlarm(stage: Stage, { lateMinutes }: Ground): void {
  const { MetricAlarms = [] } = stage.call<DescribeAlarmsOutput>('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [ALARM],
  });
  const { Metrics, Threshold, ComparisonOperator, TreatMissingData } = MetricAlarms[0] ?? {};
  const same = { Metrics, Threshold, ComparisonOperator, TreatMissingData };
  stage.call('cloudwatch', 'PutMetricAlarm', {
    ...same,
    AlarmName: LATE,
    EvaluationPeriods: lateMinutes,
    DatapointsToAlarm: lateMinutes,
  });
}

function throttleStops(stage: Stage): void {
  const error = new AwsError('ThrottlingException', 'Rate exceeded');
  stage.runtime.wire.disturb.fail({ service: 'codedeploy', operation: 'StopDeployment', error }, Infinity);
}

function show(stage: Stage, deploymentId: string): DeploymentInfo {
  const shown = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', { deploymentId });
  return shown.deploymentInfo ?? {};
}

/**
 * Returns null if exactly one deployment followed the bad one and is CodeDeploy's rollback of it, or else the
 * rollbacks.
 */
function wentBackOnce(stage: Stage, { names }: Ground): string | null {
  const { deployments = [] } = stage.call<ListDeploymentsOutput>('codedeploy', 'ListDeployments', names);
  const all = deployments.map((id) => show(stage, id));
  const [newest, bad] = all;
  const isIt = newest?.rollbackInfo?.rollbackTriggeringDeploymentId === bad?.deploymentId;
  const back = all.filter(({ creator }) => creator === 'codeDeployRollback').length;
  const byLastgood = all.filter(({ description = '' }) => description.startsWith('Lastgood')).length;
  return isIt && back === 1 && byLastgood === 0
    ? null
    : `${back} rollbacks of CodeDeploy and ${byLastgood} of Lastgood`;
}

/** Returns null if the outcome names CodeDeploy, or if Lastgood wrote. */
function namesActor({ journal, runtime }: Stage): string | null {
  const { outcome } = rollbacksIn(runtime)[0]?.states.at(-1)?.input as Rollback;
  const isNamed = outcome?.reason.includes('natively') === true;
  return isNamed || journal.writes().length > 0
    ? null
    : `the reason does not say that AWS went back: ${outcome?.reason ?? ''}`;
}
