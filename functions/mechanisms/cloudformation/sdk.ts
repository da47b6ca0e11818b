import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  RollbackStackCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import { isNamed } from '../../../src/aws/errors.ts';
import type { CloudFormation, StackEvent } from './cloudformation.ts';
import { toEvent, toStack } from './from-aws.ts';

/** The most pages of events that one look reads. An update of 500 resources, AWS's most, writes some 1,500 events. */
export const MAX_PAGES = 20;

/** Binds the calls to a client. */
export function createCloudFormation(client: Pick<CloudFormationClient, 'send'>): CloudFormation {
  return {
    stack: async (StackName) => {
      try {
        const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
        return stack === undefined ? null : toStack(stack);
      } catch (error) {
        // For a valid name, CloudFormation answers so only if there is no such stack.
        if (isNamed(error, 'ValidationError')) return null;
        throw error;
      }
    },

    events: async (StackName, isEnough) => {
      const all: StackEvent[] = [];
      let token: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const input = { StackName, ...(token !== undefined && { NextToken: token }) };
        const { StackEvents = [], NextToken } = await client.send(new DescribeStackEventsCommand(input));
        all.push(...StackEvents.map(toEvent));
        token = NextToken;
        if (token === undefined || isEnough(all)) break;
      }
      return all;
    },

    template: async (StackName) => {
      const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
      return TemplateBody;
    },

    cancel: async (StackName, ClientRequestToken) => {
      await client.send(new CancelUpdateStackCommand({ StackName, ClientRequestToken }));
    },
    rollBack: async (StackName, ClientRequestToken) => {
      await client.send(new RollbackStackCommand({ StackName, ClientRequestToken }));
    },
    carryOn: async (StackName, ClientRequestToken) => {
      await client.send(new ContinueUpdateRollbackCommand({ StackName, ClientRequestToken }));
    },
  };
}
