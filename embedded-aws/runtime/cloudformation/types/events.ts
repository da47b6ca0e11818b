import type { PutRuleResponse, Target } from '@aws-sdk/client-eventbridge';
import { nameIn, textOf, type Properties, type ResourceType } from '../resource-type.ts';

/** A rule with its targets. Its tags are not modelled, as PutRule of this world takes none. */
export const rule: ResourceType = {
  create: async (making) => {
    const { EventPattern, State } = making.properties;
    const Name = nameIn(making, 'Name');
    const { RuleArn } = await making.call<PutRuleResponse>('events', 'PutRule', {
      ...{ ...busIn(making.properties), Name, ...(State !== undefined && { State }) },
      EventPattern: JSON.stringify(EventPattern),
    });
    const Targets = targetsIn(making.properties);
    if (Targets.length > 0)
      await making.call('events', 'PutTargets', { ...busIn(making.properties), Rule: Name, Targets });
    return { ref: Name, attributes: { Arn: textOf(RuleArn) } };
  },
  delete: async ({ call, ref, properties }) => {
    const Ids = targetsIn(properties).map(({ Id }) => Id);
    if (Ids.length > 0) await call('events', 'RemoveTargets', { ...busIn(properties), Rule: ref, Ids });
    await call('events', 'DeleteRule', { ...busIn(properties), Name: ref });
  },
};

function targetsIn({ Targets = [] }: Properties): readonly Target[] {
  return Targets as readonly Target[];
}

function busIn({ EventBusName }: Properties): Properties {
  return EventBusName === undefined ? {} : { EventBusName };
}
