import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListTagsCommand,
  UpdateAliasCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { isNamed } from '../../../src/aws/errors.ts';
import { createReadReserved } from '../../../src/aws/reserved-concurrency.ts';
import type { Lambda } from './lambda.ts';
import { toAlias, toVersion } from './from-aws.ts';

/** Binds the calls to a client. */
export function createLambda(client: LambdaClient): Lambda {
  return {
    alias: ({ functionName, alias }) =>
      unlessMissing('ResourceNotFoundException', async () =>
        toAlias(await client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }))),
      ),

    version: (functionName, version) =>
      unlessMissing('ResourceNotFoundException', async () => {
        const input = { FunctionName: functionName, Qualifier: version };
        return toVersion(await client.send(new GetFunctionConfigurationCommand(input)));
      }),

    tags: async (functionArn) => {
      const { Tags = {} } = await client.send(new ListTagsCommand({ Resource: functionArn }));
      return Tags;
    },

    provisioned: ({ functionName, alias }) =>
      unlessMissing('ProvisionedConcurrencyConfigNotFoundException', async () => {
        const input = { FunctionName: functionName, Qualifier: alias };
        const { Status = 'IN_PROGRESS' } = await client.send(
          new GetProvisionedConcurrencyConfigCommand(input),
        );
        return Status;
      }),

    reserved: createReadReserved(client),

    // An update without weights keeps the present ones; an empty map clears them.
    pointAt: async ({ functionName, alias }, version, revisionId) =>
      toAlias(
        await client.send(
          new UpdateAliasCommand({
            FunctionName: functionName,
            Name: alias,
            FunctionVersion: version,
            RoutingConfig: { AdditionalVersionWeights: {} },
            RevisionId: revisionId,
          }),
        ),
      ),
  };
}

async function unlessMissing<T>(name: string, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, name)) return null;
    throw error;
  }
}
