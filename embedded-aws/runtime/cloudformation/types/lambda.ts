import type { Tag } from '@aws-sdk/client-cloudformation';
import type { AliasConfiguration, FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { nameIn, onlyThese, textOf, type ResourceType } from '../resource-type.ts';

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
  update: ({ call, ref, properties }, wanted) => {
    onlyThese(['Environment'], properties, wanted);
    const { Environment = {} } = wanted;
    return call('lambda', 'UpdateFunctionConfiguration', { FunctionName: ref, Environment });
  },
  isStable: async ({ call, ref }) => {
    const { Configuration } = await call<GetFunctionResponse>('lambda', 'GetFunction', { FunctionName: ref });
    return Configuration?.State === 'Active' && Configuration.LastUpdateStatus === 'Successful';
  },
  delete: ({ call, ref }) => call('lambda', 'DeleteFunction', { FunctionName: ref }),
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export const version: ResourceType = {
  replacedBy: ['Description', 'FunctionName'],
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
  replacedBy: ['FunctionName', 'Name'],
  update: ({ call, properties }, wanted) => {
    onlyThese(['FunctionVersion', 'Description'], properties, wanted);
    const { FunctionName, Name, FunctionVersion, Description } = wanted;
    return call('lambda', 'UpdateAlias', { FunctionName, Name, FunctionVersion, Description });
  },
  delete: ({ call, properties }) =>
    call('lambda', 'DeleteAlias', { FunctionName: properties['FunctionName'], Name: properties['Name'] }),
};
