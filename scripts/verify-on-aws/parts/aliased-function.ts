import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Clients } from '../clients.ts';
import { attribute, ref, tagList, text, type Resources } from '../cloudformation.ts';
import type { Wait } from '../ground.ts';
import { alarmOn } from './behind.ts';
import { role } from './roles.ts';
import { BAD, GOOD } from './web.ts';

export const ALIAS = 'live';

/** Fails a share of the invocations. The embedded AWS reads the same variable. */
const CODE = `exports.handler = async () => {
  if (Math.random() < Number(process.env.EMBEDDED_AWS_ERRORS)) throw new Error('bad');
  return 'good';
};`;

const environment = <T>(errors: T) => ({ Variables: { EMBEDDED_AWS_ERRORS: errors } });

const SECONDS_BETWEEN_LOOKS = 2;

interface Options {
  /** The target that the alarm names. */
  readonly target: object;
  readonly tags: Readonly<Record<string, string>>;
  /** The share of invocations that fail, as a template fills it in. Absent: none. */
  readonly errors?: object;
  /** Of the version, as a template fills it in. */
  readonly description?: object;
  /** Absent: a share of the invocations fails, which a variable names. */
  readonly code?: string;
}

/** Returns a function whose alias names a good version, and an alarm on the alias. Their ids begin with `id`. */
export function aliasedFunction(id: string, { target, tags, errors, description, code }: Options): Resources {
  const metric = (Id: string, MetricName: string): object => {
    const Dimensions = [
      { Name: 'FunctionName', Value: ref(id) },
      { Name: 'Resource', Value: text(`\${${id}}:${ALIAS}`) },
    ];
    const Metric = { Namespace: 'AWS/Lambda', MetricName, Dimensions };
    return { Id, ReturnData: false, MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
  };
  return {
    [`${id}Role`]: role('lambda.amazonaws.com'),
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: code ?? CODE },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: attribute(`${id}Role`, 'Arn'),
        ...(code === undefined && { Environment: environment(errors ?? String(GOOD)) }),
        Tags: tagList(tags),
      },
    },
    [`${id}Version`]: {
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: ref(id), ...(description !== undefined && { Description: description }) },
    },
    [`${id}Alias`]: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: ref(id),
        FunctionVersion: attribute(`${id}Version`, 'Version'),
        Name: ALIAS,
      },
    },
    [`${id}Alarm`]: alarmOn(target, [
      { Id: 'share', Expression: '100 * errors / invocations', ReturnData: true },
      metric('errors', 'Errors'),
      metric('invocations', 'Invocations'),
    ]),
  };
}

/** Publishes a bad version of a function, and returns its number. */
export async function publishBad({ lambda }: Clients, FunctionName: string, wait: Wait): Promise<string> {
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Environment: environment(String(BAD)) }),
  );
  for (;;) {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (LastUpdateStatus !== 'InProgress') break;
    await wait(SECONDS_BETWEEN_LOOKS);
  }
  const { Version = '' } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  return Version;
}

/** Moves all invocations of the alias to a version. */
export async function pointAt(
  { lambda }: Pick<Clients, 'lambda'>,
  FunctionName: string,
  FunctionVersion: string,
): Promise<void> {
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: ALIAS, FunctionVersion }));
}
