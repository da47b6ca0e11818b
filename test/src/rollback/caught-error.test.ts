import { describe, expect, it } from 'vitest';
import { readCaughtError } from '../../../src/rollback/caught-error.ts';

describe('the words of a caught error', () => {
  it.each([
    ['of a function', { Error: 'Throttled', Cause: '{"errorMessage":"slow down"}' }, 'slow down'],
    ['of Step Functions', { Error: 'States.DataLimitExceeded', Cause: 'too large' }, 'too large'],
    // Recorded on AWS: localstack/localstack, test_task_service_lambda.snapshot.json.
    ['of a timeout', { Error: 'States.Timeout', Cause: '' }, 'there was no answer in time'],
    ['of a timeout without a cause', { Error: 'States.Timeout' }, 'there was no answer in time'],
    ['of an error without words', { Error: 'Error', Cause: '{"errorMessage":" "}' }, 'no message'],
    ['of JSON that is no error', { Error: 'Error', Cause: '7' }, '7'],
  ])('%s', (_, error, says) => {
    expect(readCaughtError(error)).toEqual({ name: error.Error, says });
  });

  it('are cut, and show that they are', () => {
    const { says } = readCaughtError({ Error: 'Error', Cause: 'x'.repeat(32_768) });
    expect(says).toHaveLength(1000);
    expect(says).toMatch(/x…$/);
  });
});
