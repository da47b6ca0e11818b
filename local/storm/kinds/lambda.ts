import type { AliasConfiguration, FunctionConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import { putErrorAlarm, type Metric } from '../alarms.ts';
import { GOOD } from '../behaviours.ts';
import type { Ground } from '../ground.ts';
import type { Planter } from '../subject.ts';

const ALIAS = 'live';

/** Plants Lambda functions with one alias each. The alarm's dimensions name it. */
export const lambda: Planter = {
  leadSeconds: 5,
  on: (ground) => (planting) => {
    const { number, alarm, tags } = planting;
    const FunctionName = `fn-${number}`;
    const { call } = ground;
    const Role = `arn:aws:iam::${ACCOUNT}:role/fn`;
    call('lambda', 'CreateFunction', { FunctionName, Role, Code: { S3Bucket: 'code' }, Tags: tags });
    const first = publish(ground, FunctionName, GOOD);
    const alias = { FunctionName, Name: ALIAS };
    call('lambda', 'CreateAlias', { ...alias, FunctionVersion: first });
    putErrorAlarm(ground, alarm, {
      errors: [metric(FunctionName, 'Errors')],
      requests: [metric(FunctionName, 'Invocations')],
    });
    return {
      target: `lambda:${FunctionName}/${ALIAS}`,
      kind: 'lambda',
      alarm,
      release: (behaviour) => {
        const FunctionVersion = publish(ground, FunctionName, behaviour);
        call('lambda', 'UpdateAlias', { ...alias, FunctionVersion });
      },
      isWayBack: ({ operation, input }) =>
        operation === 'UpdateAlias' && (input as UpdateAliasRequest).FunctionVersion === first,
      isBack: () => call<AliasConfiguration>('lambda', 'GetAlias', alias).FunctionVersion === first,
    };
  },
};

function publish({ world, call }: Ground, FunctionName: string, behaviour: Behaviour): string {
  world.lambda.write(FunctionName, behaviour);
  return call<FunctionConfiguration>('lambda', 'PublishVersion', { FunctionName }).Version ?? '';
}

function metric(FunctionName: string, name: string): Metric {
  const dimensions = { FunctionName, Resource: `${FunctionName}:${ALIAS}` };
  return { namespace: 'AWS/Lambda', name, dimensions };
}
