import { isRecord, nameIn, type Properties, type ResourceType } from '../resource-type.ts';
import { lowered } from './ecs.ts';

/**
 * A pipeline. Names differ from the API's only in the first letter, except in the configuration of an action, whose names
 * are the provider's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
 */
export const pipeline: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { Tags, Stages, ...properties } = making.properties;
    const name = nameIn(making, 'Name');
    const input = { ...(lowered(properties) as object), name, stages: (Stages as Properties[]).map(stageOf) };
    await making.call('codepipeline', 'CreatePipeline', { pipeline: input, tags: lowered(Tags) });
    return { ref: name, attributes: { Version: '1' } };
  },
  delete: ({ call, ref }) => call('codepipeline', 'DeletePipeline', { name: ref }),
};

function stageOf({ Actions, ...stage }: Properties): object {
  return { ...(lowered(stage) as object), actions: (Actions as Properties[]).map(actionOf) };
}

function actionOf({ Configuration, ...action }: Properties): object {
  return {
    ...(lowered(action) as object),
    ...(isRecord(Configuration) && { configuration: Configuration }),
  };
}
