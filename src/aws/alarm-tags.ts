import { ListTagsForResourceCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { isNamed } from './errors.ts';
import type { Tags } from '../rollback/plan.ts';

/**
 * Reads an alarm's tags. An alarm that was deleted since has none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html
 */
export function createTagReader(client: Pick<CloudWatchClient, 'send'>): (arn: string) => Promise<Tags> {
  return async (arn) => {
    try {
      const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException', 'ResourceNotFound')) return {};
      throw error;
    }
  };
}
