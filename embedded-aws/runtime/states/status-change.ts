import type { AwsEvent } from '../../world/aws.ts';
import type { Run } from './run.ts';

/** The event omits escaped input and output above this many bytes (same page). */
const MAX_BYTES = 248 * 1024;

/**
 * Returns the event of a Standard workflow's status change:
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
 */
export function statusChange(execution: Run): AwsEvent {
  const { arn, name, stateMachineArn, startedAt, stoppedAt, status, input, output, error, cause } = execution;
  const outputFits = output !== undefined && size(output) <= MAX_BYTES;
  const inputFits = size(input) + (outputFits ? size(output) : 0) <= MAX_BYTES;
  return {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      name,
      status,
      startDate: startedAt,
      stopDate: stoppedAt ?? null,
      input: inputFits ? input : null,
      inputDetails: { included: inputFits },
      output: outputFits ? output : null,
      outputDetails: output === undefined ? null : { included: outputFits },
      error: error ?? null,
      cause: cause ?? null,
      redriveCount: 0,
      redriveDate: null,
    },
  };
}

function size(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
