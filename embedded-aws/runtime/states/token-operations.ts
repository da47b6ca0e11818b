import { AwsError, type Operation } from '../../world/service.ts';
import { bucket } from './bucket.ts';
import { isJson } from './json.ts';
import { requireFit } from './start-execution.ts';
import type { Tokens } from './tokens.ts';

interface OfToken {
  readonly taskToken: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * Returns the operations that answer a task token. None has resource-level permissions (Service Authorization
 * Reference).
 */
export function tokenOperations(tokens: Tokens): Record<string, Operation> {
  const operation = (action: string, run: (input: OfToken) => void): Operation => ({
    authorize: () => [{ action: `states:${action}`, resource: '*' }],
    run: (input: OfToken) => {
      run(input);
      return {};
    },
    bucket: bucket('SendTask', 3_000, 500),
  });
  return {
    SendTaskSuccess: operation('SendTaskSuccess', ({ taskToken, output = '' }) =>
      tokens.succeed(taskToken, outputOf(output)),
    ),
    SendTaskFailure: operation('SendTaskFailure', ({ taskToken, error = '', cause = '' }) =>
      tokens.fail(taskToken, error, cause),
    ),
    SendTaskHeartbeat: operation('SendTaskHeartbeat', ({ taskToken }) => tokens.heartbeat(taskToken)),
  };
}

function outputOf(text: string): unknown {
  requireFit('output', text);
  if (!isJson(text)) throw new AwsError('InvalidOutput', `Invalid Output: 'not JSON'`);
  return JSON.parse(text) as unknown;
}
