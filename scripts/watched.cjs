'use strict';

/*
 * Makes the alarms of each function and each state machine, and the dashboard. It reads the finished template, so that
 * a new function cannot be forgotten. A plugin of the Serverless Framework. scripts/settings.cjs, which comes after it,
 * gives the alarms their topic.
 */

/**
 * The topic is notified of ALARM alone. A first deployment would otherwise send one OK for each of these alarms, because
 * each leaves INSUFFICIENT_DATA.
 */
const NOT_AT_OK = [];

const PULSE = {
  Statistic: 'Sum',
  Period: 60,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  OKActions: NOT_AT_OK,
};

/**
 * Two minutes of five: callers retry a call once within a minute, and further retries follow in the next ones. So a
 * call that fails or is throttled once turns no alarm.
 */
const TWICE = { ...PULSE, EvaluationPeriods: 5, DatapointsToAlarm: 2 };
const ONCE = { ...PULSE, EvaluationPeriods: 1 };

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const OF_FUNCTION = {
  Errors: { suffix: 'errors', says: 'fails, by an error, a timeout or too little memory' },
  Throttles: { suffix: 'throttles', says: 'is throttled: Lambda refuses to run it' },
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
const OF_MACHINE = {
  ExecutionsFailed: { suffix: 'failed', says: 'failed' },
  ExecutionsAborted: { suffix: 'aborted', says: 'were stopped from outside' },
  ExecutionsTimedOut: { suffix: 'timed-out', says: 'timed out' },
};

/**
 * Functions that refuse calls by throwing: the state machines branch by the names of those errors, and Lambda counts them
 * too. One alarm watches what src/lambda/failures.ts counts of all of them, because CloudWatch bills by the metric.
 */
const REFUSES = /^(?:guard$|mechanism-)/;

/** The function whose own alarm watches its errors (functions/notify-slack/alarm.yml). */
const HAS_ALARM_OF_ERRORS = ['post-slack'];

/** Functions that throw what they reject, so that the dead letters keep the event. */
const REJECTS = ['on-alarm', 'on-deployment', 'on-hint'];

/**
 * A rollback that did not succeed ends as FAILED on purpose, and the metric of the outcomes says which ones are dirty. A
 * plan that a person requests fails where it refuses the request. Other failures of it count in the alarm of the steps.
 */
const FAILS_BY_DESIGN = ['rollback', 'plan'];

/** A plan writes nothing, so it may be stopped from outside. */
const ENDS_DIRTY = ['rollback'];

module.exports = class Watched {
  constructor(serverless) {
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.hooks = { 'after:aws:package:finalize:mergeCustomProviderResources': () => this.make() };
  }

  get prefix() {
    return `${this.service.service}-${this.service.provider.stage}-`;
  }

  make() {
    const { Resources } = this.service.provider.compiledCloudFormationTemplate;
    const functions = this.service.getAllFunctions();
    for (const key of functions) this.watchFunction(key, Resources);
    for (const [id, resource] of Object.entries(Resources))
      if (resource.Type === 'AWS::StepFunctions::StateMachine') this.watchMachine(id, resource, Resources);
    Resources.StepsErrorsAlarm = this.alarmOfSteps();
    Resources.Dashboard = this.dashboard(functions, Resources);
  }

  watchFunction(key, resources) {
    const Dimensions = [{ Name: 'FunctionName', Value: { Ref: this.naming.getLambdaLogicalId(key) } }];
    for (const [MetricName, { suffix, says }] of Object.entries(OF_FUNCTION)) {
      if (MetricName === 'Errors' && (HAS_ALARM_OF_ERRORS.includes(key) || REFUSES.test(key))) continue;
      resources[`${this.naming.getNormalizedFunctionName(key)}${MetricName}Alarm`] = alarm({
        AlarmName: `${this.prefix}${key}-${suffix}`,
        AlarmDescription: `The function ${key} ${rejecting(MetricName, key)}${says}. See the runbook, "An alarm of Lastgood itself".`,
        ...{ Namespace: 'AWS/Lambda', MetricName, Dimensions, ...TWICE },
      });
    }
  }

  alarmOfSteps() {
    const Dimensions = [{ Name: 'service', Value: this.prefix.slice(0, -1) }];
    return alarm({
      AlarmName: `${this.prefix}steps-errors`,
      AlarmDescription:
        'The guard or a mechanism fails, by an error or a timeout. See the runbook, "An alarm of Lastgood itself".',
      ...{ Namespace: 'Lastgood', MetricName: 'Failures', Dimensions, ...TWICE },
    });
  }

  watchMachine(id, { Properties }, resources) {
    const name = Properties.StateMachineName.slice(this.prefix.length);
    const Dimensions = [{ Name: 'StateMachineArn', Value: { Ref: id } }];
    for (const [MetricName, { suffix, says }] of Object.entries(OF_MACHINE)) {
      if (!isWatched(MetricName, name, Properties.Definition)) continue;
      resources[`${id}${MetricName}Alarm`] = alarm({
        AlarmName: `${this.prefix}${name}-${suffix}`,
        AlarmDescription: `Executions of the state machine ${name} ${says}. See the runbook, "An alarm of Lastgood itself".`,
        ...{ Namespace: 'AWS/States', MetricName, Dimensions, ...ONCE },
      });
    }
  }

  /** Makes the dashboard of src/watched/dashboard.yml. `each: functions` stands for one metric of each function. */
  dashboard(functions, resources) {
    const names = functions.map((key) => `${this.prefix}${key}`);
    const machines = Object.keys(resources).filter(
      (id) => resources[id].Type === 'AWS::StepFunctions::StateMachine',
    );
    const alarms = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::CloudWatch::Alarm');
    const all = {
      functions: names.map((name) => ({ value: name, label: name.slice(this.prefix.length) })),
      machines: machines.map((id) => ({
        value: `\${${id}}`,
        label: resources[id].Properties.StateMachineName.slice(this.prefix.length),
      })),
    };
    const { widgets, ...others } = this.service.custom.dashboard;
    const body = { ...others, widgets: widgets.map((one) => widgetOf(one, all, alarms)) };
    return {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        // Dashboards belong to no Region, and a stage may be deployed to several.
        DashboardName: { 'Fn::Sub': `${this.prefix}\${AWS::Region}` },
        DashboardBody: { 'Fn::Sub': JSON.stringify(body) },
      },
    };
  }
};

function rejecting(metric, key) {
  return metric === 'Errors' && REJECTS.includes(key) ? 'rejects events, or ' : '';
}

function alarm(Properties) {
  return { Type: 'AWS::CloudWatch::Alarm', Properties };
}

/** A machine without a deadline can run for a year, so none of its executions times out. */
function isWatched(metric, machine, { TimeoutSeconds }) {
  if (metric === 'ExecutionsFailed') return !FAILS_BY_DESIGN.includes(machine);
  return metric === 'ExecutionsAborted' ? ENDS_DIRTY.includes(machine) : TimeoutSeconds !== undefined;
}

/** Every widget but a text shows the Region of the stack. */
function widgetOf({ type, properties, ...place }, all, alarms) {
  if (type === 'text') return { type, ...place, properties };
  if (type === 'alarm')
    return { type, ...place, properties: { ...properties, alarms: alarms.map((id) => `\${${id}.Arn}`) } };
  const metrics = properties.metrics.flatMap((metric) =>
    Array.isArray(metric)
      ? [metric]
      : all[metric.each].map((one) => [...metric.of, one.value, { label: one.label }]),
  );
  return { type, ...place, properties: { region: '${AWS::Region}', ...properties, metrics } };
}
