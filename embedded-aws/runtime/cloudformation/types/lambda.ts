import type { Tag } from '@aws-sdk/client-cloudformation';
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { nameIn, textOf, type ResourceType } from '../resource-type.ts';

/** A function, whose code is not read. */
export const lambdaFunction: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const FunctionName = nameIn(making, 'FunctionName');
    const { Tags: list = [], ...properties } = making.properties;
    const Tags = Object.fromEntries((list as readonly Tag[]).map(({ Key = '', Value = '' }) => [Key, Value]));
    const input = { ...properties, FunctionName, Tags };
    const { FunctionArn } = await making.call<FunctionConfiguration>('lambda', 'CreateFunction', input);
    return { ref: FunctionName, attributes: { Arn: FunctionArn } };
  },
  delete: ({ call, ref }) => call('lambda', 'DeleteFunction', { FunctionName: ref }),
};

export const version: ResourceType = {
  create: async ({ properties, call }) => {
    const answer = await call<FunctionConfiguration>('lambda', 'PublishVersion', properties);
    return { ref: textOf(answer.FunctionArn), attributes: { Version: answer.Version } };
  },
  delete: ({ call, properties, attributes }) =>
    call('lambda', 'DeleteFunction', {
      FunctionName: properties['FunctionName'],
      Qualifier: attributes['Version'],
    }),
};

export const alias: ResourceType = {
  create: async ({ properties, call }) => {
    const answer = await call<AliasConfiguration>('lambda', 'CreateAlias', properties);
    const ref = textOf(answer.AliasArn);
    return { ref, attributes: { AliasArn: ref } };
  },
  delete: ({ call, properties }) =>
    call('lambda', 'DeleteAlias', { FunctionName: properties['FunctionName'], Name: properties['Name'] }),
};
