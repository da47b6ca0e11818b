import { expect, test } from 'vitest';
import { explained } from '../../../scripts/lastgood/explained.ts';

test.each([
  [{ name: 'Error', message: 'Region is missing' }, /^--region or AWS_REGION/],
  [
    { name: 'ResourceNotFoundException', message: 'Requested resource not found: Table: x not found' },
    /^--stage blue has no tables/,
  ],
  [{ name: 'CredentialsProviderError', message: 'Could not load' }, /^no AWS credentials were found/],
  [{ name: 'ThrottlingException', message: 'Rate exceeded' }, /^Rate exceeded$/],
  [{ name: 'ResourceNotFoundException', message: 'Function not found' }, /^Function not found$/],
])('says what a person can do about %j', ({ name, message }, says) => {
  const error = explained(Object.assign(new Error(message), { name }), 'blue');
  expect(error instanceof Error ? error.message : '').toMatch(says);
});
