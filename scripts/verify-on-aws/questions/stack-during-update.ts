import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { BAD_TEMPLATE, ERRORS } from '../parts/stack-update.ts';
import { BAD } from '../parts/web.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { readStack } from './updated-stack.ts';

const ALL_NEW = 'the parameter is new, the template is new';

/** While a stack is updated, its template and parameters are those of the update. */
export const stackDuringUpdate: Question = {
  id: 'stack-during-update',
  part: 'stack-update',
  looksAt: 'the parameter in DescribeStacks and the template in GetTemplate, while the update runs',
  assumed: 'both are those of the update',
  look: async (view) => {
    const { StackId, StackStatus, Parameters = [] } = await readStack(view);
    if (StackStatus !== 'UPDATE_IN_PROGRESS') return null;
    const value = Parameters.find(({ ParameterKey }) => ParameterKey === ERRORS)?.ParameterValue;
    const { TemplateBody = '' } = await view.clients.cloudFormation.send(
      new GetTemplateCommand({ StackName: StackId }),
    );
    const isNew = (is: boolean) => (is ? 'new' : 'old');
    return `the parameter is ${isNew(value === String(BAD))}, the template is ${isNew(TemplateBody.includes(BAD_TEMPLATE))}`;
  },
  answer: ({ seen }) => {
    if (seen.length === 0) return notSeen('the update ran at no look');
    const found = seen.join('; then ');
    return seen.every((note) => note === ALL_NEW) ? asAssumed(found) : otherwise(found);
  },
};
