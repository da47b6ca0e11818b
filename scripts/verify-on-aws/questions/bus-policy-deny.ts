import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** The bus of Lastgood refuses an event that claims to come from Lastgood. The event's type has no listener. */
export const busPolicyDeny: Question = {
  id: 'bus-policy-deny',
  part: 'ecs-rolling',
  looksAt: "an event with the source `lastgood`, put on Lastgood's bus by the caller",
  assumed: "the Deny in the bus's policy holds for principals of the same account",
  answer: async ({ clients, stage }) => {
    const entry = {
      EventBusName: `lastgood-${stage}`,
      Source: 'lastgood',
      DetailType: 'Verify-on-AWS Probe',
      Detail: '{}',
    };
    try {
      const { Entries = [] } = await clients.events.send(new PutEventsCommand({ Entries: [entry] }));
      const code = Entries[0]?.ErrorCode;
      return code === undefined ? otherwise('the bus took the event') : asAssumed(`the bus answered ${code}`);
    } catch (error) {
      if (!(error instanceof Error) || !/AccessDenied|NotAuthorized/.test(error.name)) throw error;
      const isByPolicy = /resource-based policy/.test(error.message);
      return isByPolicy
        ? asAssumed('refused, with an explicit deny in a resource-based policy')
        : notSeen(`the caller itself may not put events: ${error.message}`);
    }
  },
};
