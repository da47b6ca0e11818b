import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { attribute, ref, tagList, text } from '../cloudformation.ts';
import { alarm } from '../prices.ts';
import { FOR_LASTGOOD } from '../tags.ts';
import { alarmOn } from './behind.ts';
import type { Part } from './part.ts';
import { role } from './roles.ts';
import { BAD, GOOD } from './web.ts';

export const ALIAS = 'live';

/** Fails a share of the invocations. The embedded AWS reads the same variable. */
const CODE = `exports.handler = async () => {
  if (Math.random() < Number(process.env.EMBEDDED_AWS_ERRORS)) throw new Error('bad');
  return 'good';
};`;

const environment = (errors: number) => ({ Variables: { EMBEDDED_AWS_ERRORS: String(errors) } });

const SECONDS_BETWEEN_LOOKS = 2;

export const lambdaAlias: Part = {
  name: 'lambda-alias',
  shows: 'a Lambda function with an alias: all invocations meet the bad version',
  shares: [],
  resources: {
    FunctionRole: role('lambda.amazonaws.com'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: CODE },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: attribute('FunctionRole', 'Arn'),
        Environment: environment(GOOD),
        Tags: tagList(FOR_LASTGOOD),
      },
    },
    FunctionVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Function') } },
    FunctionAlias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: ref('Function'),
        FunctionVersion: attribute('FunctionVersion', 'Version'),
        Name: ALIAS,
      },
    },
    FunctionAlarm: alarmOn(text(`lambda:\${Function}/${ALIAS}`), [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      metric('errors', 'Errors'),
      metric('invocations', 'Invocations'),
    ]),
  },
  outputs: { Function: ref('Function'), FunctionAlarm: ref('FunctionAlarm') },
  alarm: 'FunctionAlarm',
  priced: [alarm(2)],
  target: (outputs) => `lambda:${outputs('Function')}/${ALIAS}`,
  users: (outputs) => ({ functionName: outputs('Function'), alias: ALIAS }),
  release: async ({ lambda }, outputs, wait) => {
    const FunctionName = outputs('Function');
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: environment(BAD) }),
    );
    for (;;) {
      const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      if (LastUpdateStatus !== 'InProgress') break;
      await wait(SECONDS_BETWEEN_LOOKS);
    }
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: ALIAS, FunctionVersion: Version }));
  },
};

function metric(Id: string, MetricName: string): object {
  const Dimensions = [
    { Name: 'FunctionName', Value: ref('Function') },
    { Name: 'Resource', Value: text(`\${Function}:${ALIAS}`) },
  ];
  return {
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
  };
}
