import type { Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import type { Executions } from './executions.ts';
import { page, type Paging } from './page.ts';

/**
 * Lists the stack's state machines, the only ones. AWS documents no order.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html
 */
export function listStateMachines(executions: Executions): Operation {
  return {
    authorize: () => [{ action: 'states:ListStateMachines', resource: '*' }],
    run: (paging: Paging) => {
      const { items, next } = page(executions.machines, paging);
      const creationDate = new Date(executions.createdAt);
      return {
        stateMachines: items.map(({ arn, name, type }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate,
        })),
        ...next,
      };
    },
    bucket: bucket('ListStateMachines', 100, 5),
  };
}
