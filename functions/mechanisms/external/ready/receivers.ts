import { ListRulesCommand, type EventBridgeClient, type Rule } from '@aws-sdk/client-eventbridge';

/** Says whether a rule of the bus carries `Rollback Wanted` anywhere. */
export interface Receivers {
  isWantedCarried(): Promise<boolean>;
}

const WANTED = 'Rollback Wanted';

/**
 * Permission needed: events:ListRules.
 * @param own the beginning of the names of Lastgood's own rules, which carry every event to Slack
 */
export function createReceivers(
  client: Pick<EventBridgeClient, 'send'>,
  bus: string,
  own: string,
): Receivers {
  return {
    isWantedCarried: async () => {
      let from: string | undefined;
      do {
        const input = { EventBusName: bus, ...(from !== undefined && { NextToken: from }) };
        const { Rules = [], NextToken } = await client.send(new ListRulesCommand(input));
        if (Rules.some((rule) => rule.Name?.startsWith(own) !== true && carries(rule))) return true;
        from = NextToken;
      } while (from !== undefined);
      return false;
    },
  };
}

/** A rule without detail types carries all of them. What else its pattern asks for is not compared. */
function carries({ State, EventPattern }: Rule): boolean {
  if (State === 'DISABLED' || EventPattern === undefined) return false;
  return EventPattern.includes(WANTED) || !EventPattern.includes('"detail-type"');
}
