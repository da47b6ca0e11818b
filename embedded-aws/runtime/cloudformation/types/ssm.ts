import { nameIn, textOf, type ResourceType } from '../resource-type.ts';

/**
 * A parameter. Its tags are a map in the template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
export const parameter: ResourceType = {
  tags: 'map',
  create: async (making) => {
    const Name = nameIn(making, 'Name');
    const { Tags = {}, ...properties } = making.properties;
    const tags = Object.entries(Tags as Readonly<Record<string, string>>);
    await making.call('ssm', 'PutParameter', {
      ...{ ...properties, Name },
      Tags: tags.map(([Key, Value]) => ({ Key, Value })),
    });
    return { ref: Name, attributes: { Type: textOf(properties['Type']), Value: properties['Value'] } };
  },
  delete: ({ call, ref }) => call('ssm', 'DeleteParameter', { Name: ref }),
};
