import type { DeploymentInfo, GetDeploymentOutput, ListDeploymentsOutput } from '@aws-sdk/client-codedeploy';
import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import type { Rollback } from '../../../src/rollback/document.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** A deployment group that goes back by itself, and a bad release that it is hurt by. */
export interface Ground {
  /** What scenarios' names begin with: `codedeploy`. */
  readonly prefix: string;
  readonly target: string;
  readonly names: { readonly applicationName: string; readonly deploymentGroupName: string };
  /** So many bad minutes turn the late alarm: more than Lastgood needs, and fewer than going back takes. */
  readonly lateMinutes: number;
  /** Opens it with `v1` proven; answers with what releases the bad `v2`, slowly, and gives the deployment's id. */
  readonly open: (stage: Stage) => Promise<() => string>;
  /** Null when `v1` serves; else what is so. */
  readonly serves: (stage: Stage) => string | null;
}

/** The alarm that calls Lastgood, and one that turns minutes after it. */
const ALARM = 'checkout-errors';
const LATE = 'checkout-errors-late';

const WELL = { outcome: 'rolled-back', served: true, writes: [] } satisfies Ending;

/**
 * A group that rolls back when an alarm stops its deployment. Whoever is first, CodeDeploy or Lastgood, the other joins:
 * one deployment brings the good revision back, and who began is told.
 */
export function ownRollbacks(ground: Ground): readonly Scenario[] {
  return [race(ground), codeDeployFirst(ground), lastgoodFirst(ground)];
}

function race(ground: Ground): Scenario {
  return {
    name: `${ground.prefix}-own-rollback-race`,
    shows:
      'the group watches the very alarm that calls Lastgood, and goes back by itself: whoever is first, the other joins',
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
      also: (stage) => ground.serves(stage) ?? wentBackOnce(stage, ground) ?? toldWhoWentBack(stage),
    },
  };
}

function codeDeployFirst(ground: Ground): Scenario {
  return {
    name: `${ground.prefix}-own-rollback-first`,
    shows:
      'CodeDeploy stops the deployment and goes back while the stop of Lastgood is still turned away: it is joined',
    target: ground.target,
    play: async (stage) => {
      const release = await ground.open(stage);
      watch(stage, ground, ALARM);
      const deployment = release();
      turnAwayStops(stage);
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
      'the alarm that the group watches turns after Lastgood told it to go back: that way back goes on, and no other begins',
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

/** The same metrics, over more minutes; it points at nothing. */
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

function turnAwayStops(stage: Stage): void {
  const error = new AwsError('ThrottlingException', 'Rate exceeded');
  stage.runtime.wire.disturb.fail({ service: 'codedeploy', operation: 'StopDeployment', error }, Infinity);
}

function show(stage: Stage, deploymentId: string): DeploymentInfo {
  const shown = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', { deploymentId });
  return shown.deploymentInfo ?? {};
}

/** Null when one deployment came after the bad one, and it is CodeDeploy's rollback of that; else what came. */
function wentBackOnce(stage: Stage, { names }: Ground): string | null {
  const { deployments = [] } = stage.call<ListDeploymentsOutput>('codedeploy', 'ListDeployments', names);
  const all = deployments.map((id) => show(stage, id));
  const [newest, bad] = all;
  const isIt = newest?.rollbackInfo?.rollbackTriggeringDeploymentId === bad?.deploymentId;
  const back = all.filter(({ creator }) => creator === 'codeDeployRollback').length;
  const ours = all.filter(({ description = '' }) => description.startsWith('Lastgood')).length;
  return isIt && back === 1 && ours === 0 ? null : `${back} rollbacks of CodeDeploy and ${ours} of ours`;
}

/** Null when what the outcome says of who went back is so: without a write of ours, it was CodeDeploy. */
function toldWhoWentBack({ journal, runtime }: Stage): string | null {
  const { outcome } = runtime.executions()[0]?.states.at(-1)?.input as Rollback;
  const isTold = outcome?.reason.includes('natively') === true;
  return isTold || journal.writes().length > 0 ? null : `nobody says who went back: ${outcome?.reason ?? ''}`;
}
