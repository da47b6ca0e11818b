import { describe, expect, it } from 'vitest';
import { functionLogs } from '../../../functions/evidence/lambda/function-logs.ts';
import { gather } from '../../../functions/evidence/gather.ts';
import type { Deployment, Revision } from '../../../src/rollback/plan.ts';
import { AT } from '../../src/rollback/documents.ts';
import { awsError, client, never, planned } from './client.ts';

function release(from: Revision = { id: '7', name: 'checkout:7' }, startedAt = '2026-11-22T02:50:00.000Z') {
  const deployment: Deployment = {
    id: 'd',
    state: 'completed',
    startedAt,
    revision: from,
    isRollback: false,
  };
  return planned('lambda:checkout/live', { from, deployment });
}

const event = (timestamp: number, message: string) => ({ timestamp, message });

function reading(answers: { readonly configuration?: object; readonly events?: unknown }) {
  const lambda = client({ GetFunctionConfiguration: answers.configuration ?? {} });
  const logs = client({ FilterLogEvents: answers.events ?? { events: [event(1, 'TypeError')] } });
  return { source: functionLogs(lambda.client, logs.client), lambda, logs };
}

describe('the logs of a function', () => {
  it('are the lines of failed invocations of the version at fault since the release', async () => {
    const { source, lambda, logs } = reading({});
    expect(await source.read(release(), never)).toMatchObject({
      lines: ['TypeError'],
      traces: { invocations: ['TypeError'] },
    });
    expect(lambda.calls[0]?.input).toEqual({ FunctionName: 'checkout', Qualifier: '7' });
    expect(logs.calls).toHaveLength(1);
    expect(logs.calls[0]?.input).toMatchObject({
      logGroupName: '/aws/lambda/checkout',
      logStreamNamePrefix: '2026/11/22/[7]',
      startTime: Date.parse('2026-11-22T02:50:00.000Z'),
      filterPattern: expect.stringContaining('?ERROR') as string,
    });
  });

  it('are of two days where the release began before midnight, oldest first', async () => {
    const events = ({ logStreamNamePrefix }: { logStreamNamePrefix: string }) => ({
      events: logStreamNamePrefix.startsWith('2026/11/22') ? [event(3, 'later')] : [event(2, 'earlier')],
    });
    const { source, logs } = reading({ events });
    const { lines } = await source.read(release(undefined, '2026-11-21T23:50:00.000Z'), never);
    expect(lines).toEqual(['earlier', 'later']);
    expect(logs.calls.map(({ input }) => input['logStreamNamePrefix'])).toEqual([
      '2026/11/21/[7]',
      '2026/11/22/[7]',
    ]);
  });

  it.each([
    [{ LoggingConfig: { LogGroup: '/shop/functions' } }, '/shop/functions', '2026/11/22/checkout[7]'],
    [{ LoggingConfig: { LogGroup: '/aws/lambda/checkout' } }, '/aws/lambda/checkout', '2026/11/22/[7]'],
  ])('with %j are in %s', async (configuration, group, prefix) => {
    const { source, logs } = reading({ configuration });
    await source.read(release(), never);
    expect(logs.calls[0]?.input).toMatchObject({ logGroupName: group, logStreamNamePrefix: prefix });
  });

  it('of unpublished code are those of $LATEST', async () => {
    const { source, lambda, logs } = reading({});
    await source.read(release({ id: '$LATEST 5ha=', name: 'checkout:$LATEST' }), never);
    expect(lambda.calls[0]?.input).toMatchObject({ Qualifier: '$LATEST' });
    expect(logs.calls[0]?.input).toMatchObject({ logStreamNamePrefix: '2026/11/22/[$LATEST]' });
  });

  it('have each failure once, whatever its time and request', async () => {
    const line = (id: string, second: number) =>
      `2026-11-22T02:5${second}:00.000Z ${id}-1b4a-4c1c-9d3e-2f6a7b8c9d0e Task timed out after 3.00 seconds, 3000.${second} ms`;
    const events = [event(1, line('8f507cfc', 1)), event(2, line('9f507cfc', 2)), event(3, 'other'), {}];
    const { source } = reading({ events: { events } });
    expect((await source.read(release(), never)).lines).toEqual([line('8f507cfc', 1), 'other']);
  });

  it('go on after an empty page, at most three', async () => {
    let page = 0;
    const { source, logs } = reading({ events: () => ({ events: [], nextToken: `page ${++page}` }) });
    expect((await source.read(release(), never)).lines).toEqual([]);
    expect(logs.calls.map(({ input }) => input['nextToken'])).toEqual([undefined, 'page 1', 'page 2']);
  });

  it('are none where the function never logged', async () => {
    const { source } = reading({ events: awsError('ResourceNotFoundException') });
    expect((await source.read(release(), never)).lines).toEqual([]);
  });

  it('are missing where AWS refuses them', async () => {
    const { source } = reading({ events: awsError('AccessDeniedException', 'not authorized') });
    await expect(source.read(release(), never)).rejects.toThrow('not authorized');
  });

  it('are not read while the environment is not known, because nothing could be masked', async () => {
    const configuration = { Environment: { Error: { ErrorCode: 'AccessDeniedException' } } };
    const { source, logs } = reading({ configuration });
    await expect(source.read(release(), never)).rejects.toThrow('nothing could be masked');
    expect(logs.calls).toEqual([]);
  });

  it('are masked', async () => {
    const configuration = { Environment: { Variables: { DB_LOGIN: 'open-sesame' } } };
    const events = { events: [event(1, 'Error: login open-sesame'), event(2, 'Error: DB_LOGIN=other')] };
    const { source } = reading({ configuration, events });
    const { found } = await gather(release(), [source], AT, never);
    expect(found[0]?.lines).toEqual(['Error: login ***', 'Error: DB_LOGIN=***']);
  });
});
