import { describe, expect, it } from 'vitest';
import { isNamed, named } from '../../../src/aws/errors.ts';

const thrown = (more: object) => Object.assign(new Error('no'), more);

/** The names of AWS's services, each with its page, and not those of the lists in the code. */
describe('an error of AWS that the state machine retries or reports', () => {
  it.each([
    // https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
    ['Throttling', 'Throttled'],
    ['ThrottlingException', 'Throttled'],
    // https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_Operations.html
    ['ThrottledException', 'Throttled'],
    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    ['TooManyRequestsException', 'Throttled'],
    // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
    ['RequestLimitExceeded', 'Throttled'],
    ['RequestThrottled', 'Throttled'],
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html
    ['LimitExceededException', 'Throttled'],
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    ['ProvisionedThroughputExceededException', 'Throttled'],
    ['ThroughputExceeded', 'Throttled'],
    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
    ['PriorRequestNotComplete', 'Throttled'],
    // https://github.com/smithy-lang/smithy-typescript/blob/main/packages/service-error-classification/src/constants.ts
    ['RequestThrottledException', 'Throttled'],
    ['EC2ThrottledException', 'Throttled'],
    ['BandwidthLimitExceeded', 'Throttled'],
    ['SlowDown', 'Throttled'],
    ['AccessDenied', 'NotPermitted'],
    ['AccessDeniedException', 'NotPermitted'],
    ['UnauthorizedOperation', 'NotPermitted'],
    ['NotAuthorized', 'NotPermitted'],
    ['TimeoutError', 'Unavailable'],
  ])('%s is %s', (name, is) => {
    expect(named(thrown({ name }))).toMatchObject({ name: is, message: `${name}: no` });
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])('%s is Unavailable', (code) => {
    expect(named(thrown({ code }))).toMatchObject({ name: 'Unavailable' });
    expect(named(thrown({ name: code }))).toMatchObject({ name: 'Unavailable' });
  });

  it.each([
    [429, 'Throttled'],
    [500, 'Unavailable'],
    [503, 'Unavailable'],
  ])('with status %d is %s, whatever its name', (httpStatusCode, is) => {
    expect(named(thrown({ name: 'Other', $metadata: { httpStatusCode } }))).toMatchObject({ name: is });
  });

  it('is any other one unchanged', () => {
    const other = thrown({ name: 'ValidationException', $metadata: { httpStatusCode: 499 } });
    expect(named(other)).toBe(other);
    expect(named('text')).toBe('text');
  });
});

it('a name is compared as a whole', () => {
  expect(isNamed(thrown({ name: 'NoSuchKey' }), 'NoSuchBucket', 'NoSuchKey')).toBe(true);
  expect(isNamed(thrown({ name: 'NoSuchKeys' }), 'NoSuchKey')).toBe(false);
  expect(isNamed({ name: 'NoSuchKey' }, 'NoSuchKey')).toBe(false);
});
