import { Iam, type PolicyDocument } from '../../wire/iam.ts';
import type { Access } from '../../world/service.ts';

export const CHECKOUT = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/checkout';

export const UPDATE: Access = { action: 'ecs:UpdateService', resource: CHECKOUT };

export function policy(...statements: unknown[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(more: object = {}): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...more };
}

export function deny(more: object = {}): object {
  return allow({ Effect: 'Deny', ...more });
}

/** Returns IAM's answer to a role with these policies; throws a fault of a model or a policy. */
export async function ask(access: Access, ...policies: readonly PolicyDocument[]): Promise<string> {
  try {
    await new Iam(() => policies).authorize('mechanism', [access]);
    return 'allowed';
  } catch (thrown) {
    const { code = '', message } = thrown as { code?: string; message: string };
    if (code !== 'AccessDeniedException') throw thrown;
    return message.endsWith('with an explicit deny in an identity-based policy')
      ? 'explicitly denied'
      : 'denied';
  }
}
