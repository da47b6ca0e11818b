import { describe, expect, test } from 'vitest';
import { deployed, ended, passed, task } from './one-machine.ts';

// Recorded on AWS: localstack/localstack, test_states_errors.snapshot.json and test_base_scenarios.snapshot.json.
describe('what no state may do', () => {
  const ANY = { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Done' }] };
  const Done = { Type: 'Succeed' };
  const LARGE = `export const handler = async () => 'x'.repeat(262144);`;

  test.each(['States.ALL', 'States.DataLimitExceeded'])(
    'a result of a function above 256 KiB is caught by %s',
    async (name) => {
      const caught = { Catch: [{ ErrorEquals: [name], Next: 'Done' }] };
      const execution = await ended(await deployed({ Work: task({ Next: 'Done' }, caught), Done }, LARGE));
      expect(execution).toMatchObject({
        status: 'SUCCEEDED',
        output: {
          Error: 'States.DataLimitExceeded',
          Cause: `The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.`,
        },
      });
    },
  );

  const pass = (characters: number) => ({
    Big: { Type: 'Pass', Result: 'x'.repeat(characters), Next: 'Done' },
    Done,
  });

  test('a Pass state whose result is above 256 KiB fails the execution', async () => {
    const fits = await ended(await deployed(pass(262_142), ''));
    expect(fits.status).toBe('SUCCEEDED');
    const execution = await ended(await deployed(pass(262_143), ''));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: `The state/task 'Big' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  test.each([
    [
      'the parameters of a task',
      {
        Work: task(
          { Next: 'Done' },
          { Parameters: { FunctionName: '${Work}', Payload: { 'a.$': '$', b: 'x'.repeat(500) } }, ...ANY },
        ),
        Done,
      },
    ],
    ['the output of a task', { Work: task({ Next: 'Done', OutputPath: '$', ResultPath: '$.r' }, ANY), Done }],
  ])('%s above 256 KiB are caught', async (_, states) => {
    const source = `export const handler = async () => 'x'.repeat(500);`;
    const execution = await ended(await deployed(states, source), { given: 'x'.repeat(261_900) });
    expect(execution.output).toHaveProperty('error.Error', 'States.DataLimitExceeded');
  });

  // aws/aws-cdk issue 24799
  test.each([{}, { ResultSelector: { kept: 1 }, ResultPath: '$.both' }])(
    'the outputs of branches above 256 KiB together are caught, whatever is kept of them: %j',
    async (kept) => {
      const branch = (name: string) => ({
        StartAt: name,
        States: { [name]: { Type: 'Pass', Result: 'x'.repeat(140_000), End: true } },
      });
      const Both = { Type: 'Parallel', Branches: [branch('A'), branch('B')], Next: 'Done', ...kept, ...ANY };
      const execution = await ended(await deployed({ Both, Done }, ''));
      expect(execution.output).toHaveProperty('error.Error', 'States.DataLimitExceeded');
    },
  );

  test('an error that does not fit beside the input fails the execution', async () => {
    const execution = await ended(await deployed({ Work: task({ Next: 'Done' }, ANY), Done }, LARGE), {
      given: 'x'.repeat(262_100),
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test.each([
    ['a task', { Work: task({ Next: 'Done', OutputPath: '$.no.such' }, ANY), Done }],
    ['a wait', { Pause: { Type: 'Wait', SecondsPath: '$.no', Next: 'Done' }, Done }],
    ['a wait of half seconds', { Pause: { Type: 'Wait', SecondsPath: '$.half', Next: 'Done' }, Done }],
    [
      'a choice',
      { Which: { Type: 'Choice', Choices: [{ Variable: '$.no', StringEquals: 'a', Next: 'Done' }] }, Done },
    ],
  ])('a path of %s that leads nowhere fails the execution, whatever is caught', async (_, states) => {
    const execution = await ended(await deployed(states, `export const handler = async () => 1;`), {
      half: 1.5,
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('a choice may ask whether a path leads nowhere', async () => {
    const Choices = [{ Variable: '$.no.such', IsPresent: false, Next: 'Done' }];
    const execution = await ended(await deployed({ Which: { Type: 'Choice', Choices }, Done }, ''));
    expect(passed(execution)).toEqual(['Which', 'Done']);
  });
});
