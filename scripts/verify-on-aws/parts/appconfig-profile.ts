import {
  GetDeploymentCommand,
  StartDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-appconfig';
import type { Clients } from '../clients.ts';
import { attribute, ref, tagList, text, type Resource } from '../cloudformation.ts';
import type { Wait } from '../ground.ts';
import { alarm, metrics } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import { alarmOn } from './behind.ts';
import { APPLICATION, NAMESPACE } from './configured.ts';
import type { Outputs, Part } from './part.ts';
import { receiver } from './receiver.ts';
import { role } from './roles.ts';
import { BAD, GOOD } from './web.ts';

/** Long enough for an alarm of two minutes to turn while the deployment bakes. */
const BAKE_MINUTES = 30;

/** The first and the second version of the profile. */
export const GOOD_VERSION = '1';
const BAD_VERSION = '2';

/** The number of the bad deployment. The first one is the stack's. */
const RELEASED = 2;

const LOOK_SECONDS = 5;

/** The application, whose metrics name its environment so. */
const NAME = text('${AWS::StackName}/prod');

const OF_PROFILE = { ApplicationId: ref('Flags'), ConfigurationProfileId: ref('FlagsProfile') };

/** Returns a version of the profile. The embedded AWS reads the same word of it. */
function version(errors: number, after: string): Resource {
  return {
    Type: 'AWS::AppConfig::HostedConfigurationVersion',
    DependsOn: after,
    Properties: {
      ...OF_PROFILE,
      ContentType: 'application/json',
      Content: JSON.stringify({ EMBEDDED_AWS_ERRORS: String(errors) }),
    },
  };
}

/** Returns a strategy that brings a version to all clients at once. */
function strategy(name: string, bakeMinutes: number): Resource {
  return {
    Type: 'AWS::AppConfig::DeploymentStrategy',
    Properties: {
      Name: text(`\${AWS::StackName}-${name}`),
      DeploymentDurationInMinutes: 0,
      FinalBakeTimeInMinutes: bakeMinutes,
      GrowthFactor: 100,
      ReplicateTo: 'NONE',
    },
  };
}

function metric(Id: string, MetricName: string): object {
  const Dimensions = [{ Name: 'Environment', Value: NAME }];
  const Metric = { Namespace: NAMESPACE, MetricName, Dimensions };
  return { Id, ReturnData: false, MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
}

const ENVIRONMENT_ARN =
  'arn:${AWS::Partition}:appconfig:${AWS::Region}:${AWS::AccountId}:application/${Flags}/environment/${FlagsEnvironment}';

const READS = {
  Effect: 'Allow',
  Action: ['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'],
  Resource: text(`${ENVIRONMENT_ARN}/configuration/\${FlagsProfile}`),
};

/** PutMetricData has no resource (Service Authorization Reference, Amazon CloudWatch). */
const PUBLISHES = {
  Effect: 'Allow',
  Action: 'cloudwatch:PutMetricData',
  Resource: '*',
  Condition: { StringEquals: { 'cloudwatch:namespace': NAMESPACE } },
};

export const appconfigProfile: Part = {
  name: 'appconfig-profile',
  shows: 'a configuration of AppConfig, which a function reads: the alarm turns while the deployment bakes',
  shares: [],
  resources: {
    Flags: { Type: 'AWS::AppConfig::Application', Properties: { Name: ref('AWS::StackName') } },
    FlagsEnvironment: {
      Type: 'AWS::AppConfig::Environment',
      Properties: { ApplicationId: ref('Flags'), Name: 'prod', Tags: tagList(FOR_LASTGOOD) },
    },
    FlagsProfile: {
      Type: 'AWS::AppConfig::ConfigurationProfile',
      Properties: { ApplicationId: ref('Flags'), Name: 'flags', LocationUri: 'hosted' },
    },
    // Both are of the stack: a profile with versions cannot be deleted.
    FlagsGood: version(GOOD, 'FlagsProfile'),
    FlagsBad: version(BAD, 'FlagsGood'),
    FlagsAtOnce: strategy('at-once', 0),
    FlagsBaking: strategy('baking', BAKE_MINUTES),
    FlagsDeployment: {
      Type: 'AWS::AppConfig::Deployment',
      DependsOn: 'FlagsEventsPolicy',
      Properties: {
        ...{ ...OF_PROFILE, EnvironmentId: ref('FlagsEnvironment') },
        ...{ ConfigurationVersion: ref('FlagsGood'), DeploymentStrategyId: ref('FlagsAtOnce') },
      },
    },
    FlagsRole: role('lambda.amazonaws.com', [], [READS, PUBLISHES]),
    FlagsFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...{ Code: { ZipFile: APPLICATION }, Handler: 'index.handler', Runtime: 'nodejs22.x' },
        ...{ Role: attribute('FlagsRole', 'Arn'), MemorySize: 512, Timeout: 10 },
        Environment: {
          Variables: {
            ...{ APPLICATION: ref('Flags'), ENVIRONMENT: ref('FlagsEnvironment') },
            ...{ PROFILE: ref('FlagsProfile'), NAME },
          },
        },
      },
    },
    FlagsAlarm: alarmOn(text('appconfig:${Flags}/${FlagsEnvironment}/${FlagsProfile}'), [
      { Id: 'share', Expression: '100 * errors / requests', ReturnData: true },
      metric('errors', 'Errors'),
      metric('requests', 'Requests'),
    ]),
    // Few enough to be received at once. The application is no part of the pattern: the detail of these events is an
    // open question.
    ...receiver('FlagsEvents', {
      FlagsRule: {
        pattern: {
          source: ['aws.appconfig'],
          'detail-type': ['On Deployment Start', { prefix: 'On Deployment Roll' }],
        },
      },
    }),
  },
  outputs: {
    ...{ Flags: ref('Flags'), FlagsEnvironment: ref('FlagsEnvironment'), FlagsProfile: ref('FlagsProfile') },
    ...{ FlagsAtOnce: ref('FlagsAtOnce'), FlagsBaking: ref('FlagsBaking') },
    ...{
      FlagsFunction: ref('FlagsFunction'),
      FlagsAlarm: ref('FlagsAlarm'),
      FlagsEvents: ref('FlagsEvents'),
    },
    FlagsArn: text(ENVIRONMENT_ARN),
  },
  alarm: 'FlagsAlarm',
  priced: [alarm(2), metrics(2)],
  target: (outputs) =>
    `appconfig:${outputs('Flags')}/${outputs('FlagsEnvironment')}/${outputs('FlagsProfile')}`,
  users: (outputs) => ({ functionName: outputs('FlagsFunction') }),
  release: async ({ appConfig }, outputs) => {
    const DeploymentStrategyId = outputs('FlagsBaking');
    await appConfig.send(
      new StartDeploymentCommand({
        ...deployable(outputs),
        ConfigurationVersion: BAD_VERSION,
        DeploymentStrategyId,
      }),
    );
  },
  // AppConfig deletes no environment while a deployment is in flight. Unknown: appconfig-deletions.
  halt: (clients, outputs, wait) => stop(clients, outputs, RELEASED, wait),
};

/** Names the profile in its environment. */
export function deployable(outputs: Outputs) {
  return {
    ApplicationId: outputs('Flags'),
    EnvironmentId: outputs('FlagsEnvironment'),
    ConfigurationProfileId: outputs('FlagsProfile'),
  };
}

/** Stops a deployment in flight, and waits until it is rolled back. @throws BadRequestException when it is not in flight */
export async function stop(
  { appConfig }: Clients,
  outputs: Outputs,
  DeploymentNumber: number,
  wait: Wait,
): Promise<void> {
  const { ApplicationId, EnvironmentId } = deployable(outputs);
  const ids = { ApplicationId, EnvironmentId, DeploymentNumber };
  await appConfig.send(new StopDeploymentCommand(ids));
  while ((await appConfig.send(new GetDeploymentCommand(ids))).State === 'ROLLING_BACK')
    await wait(LOOK_SECONDS);
}
