import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { Instant } from '../../rollback/request.ts';
import { idsNamed } from '../kinds/apigateway/api-names.ts';
import { kind, stageOf, targetOf } from '../kinds/apigateway/target.ts';
import type { Connect } from '../../aws/client.ts';
import { kept } from '../../aws/kept.ts';
import type { ReadOptedIn } from '../../aws/opted-in.ts';
import { readApiNames, type ApiNames } from '../../aws/rest-apis.ts';

type Dimensions = Readonly<Record<string, string>>;

/** Returns the stages that dimensions name by the name of their API. */
export type ReadNamedStages = (dimensions: readonly Dimensions[]) => Promise<readonly string[]>;

/** Makes a reader that keeps the names of the APIs in a warm function. Permission needed: apigateway:GET on /restapis. */
export function createNamedStages(
  connect: Connect,
  optedIn: ReadOptedIn,
  now: () => Instant,
): ReadNamedStages {
  const client = connect(APIGatewayClient);
  return namedStagesWith({ optedIn, names: kept(() => readApiNames(client), now) });
}

/**
 * Metrics of API Gateway have the name of the API and not its id. The names are read only if a stage of that name opted
 * in, because all management calls of an account share ten a second. A name that several APIs have names none: their
 * numbers are added up, and a rollback of the wrong one must not happen.
 */
export function namedStagesWith({
  optedIn,
  names,
}: {
  readonly optedIn: ReadOptedIn;
  readonly names: () => Promise<ApiNames>;
}): ReadNamedStages {
  return async (dimensions) => {
    const named = dimensions.flatMap(({ ApiName, Stage }) =>
      ApiName === undefined || Stage === undefined ? [] : [{ ApiName, Stage }],
    );
    if (named.length === 0) return [];
    const targets = (await optedIn('here')).flatMap(({ arn }) => kind.fromArn(arn) ?? []);
    const stages = targets.map((name) => stageOf(`${kind.name}:${name}`));
    if (!named.some(({ Stage }) => stages.some(({ stage }) => stage === Stage))) return [];
    const known = await names();
    const found = named.flatMap(({ ApiName, Stage }) => {
      const [api, another] = idsNamed(known, ApiName);
      if (api === undefined || another !== undefined) return [];
      return stages.some((one) => one.api === api && one.stage === Stage)
        ? targetOf({ api, stage: Stage })
        : [];
    });
    return [...new Set(found)];
  };
}
