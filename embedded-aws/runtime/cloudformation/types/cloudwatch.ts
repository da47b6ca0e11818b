import { nameIn, type ResourceType } from '../resource-type.ts';
import { arn } from '../../../world/aws.ts';

export const alarm: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const AlarmName = nameIn(making, 'AlarmName');
    await making.call('monitoring', 'PutMetricAlarm', { ...making.properties, AlarmName });
    return { ref: AlarmName, attributes: { Arn: arn('cloudwatch', `alarm:${AlarmName}`) } };
  },
  delete: ({ call, ref }) => call('monitoring', 'DeleteAlarms', { AlarmNames: [ref] }),
};
