import { arn } from '../../world/aws.ts';
import type { Stack } from './stack.ts';

/** The stack that a runtime runs. CloudFormation describes it; its resources are not CloudFormation's here. */
export interface Deployed {
  readonly name: string;
  readonly createdAt: Date;
  readonly outputs: () => Readonly<Record<string, string>>;
}

export function deployedStack({ name, createdAt, outputs }: Deployed): Stack {
  return {
    id: arn('cloudformation', `stack/${name}/00000000-0000-4000-8000-000000000000`),
    name,
    template: { body: '{}', Parameters: {}, Resources: {}, Outputs: {} },
    parameters: [],
    tags: [],
    creator: 'operator',
    createdAt,
    updatedAt: null,
    deletedAt: null,
    status: 'CREATE_COMPLETE',
    reason: undefined,
    operation: { type: 'CREATE_STACK', id: '00000000-0000-4000-8000-000000000001', token: undefined },
    update: null,
    monitoringMinutes: 0,
    resources: new Map(),
    get outputs() {
      return outputs();
    },
    events: [],
  };
}
