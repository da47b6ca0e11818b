import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runVerb } from '../../../../scripts/lastgood/program.ts';
import { VERBS } from '../../../../scripts/lastgood/verbs.ts';

let server: Server | undefined;
const said = vi.fn<(text: string) => void>();

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  vi.spyOn(console, 'error').mockImplementation(said);
  vi.spyOn(console, 'log').mockImplementation(said);
});
afterEach(() => {
  server?.close();
  server = undefined;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  said.mockClear();
});

/** Serves DynamoDB on a port of this machine, and returns its URL. */
async function serving(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const answering =
  (status: number, body: object): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  };
const refusing = (type: string) =>
  answering(400, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' });

function check(endpoint: string): Promise<number> {
  const place = ['--region', 'eu-west-1', '--endpoint', endpoint];
  return runVerb(VERBS, ['check', 'ecs:prod/checkout', 'checkout:42', ...place]);
}

describe('lastgood check, when the ledger cannot be read, never says go:', () => {
  it.each<[string, RequestListener, number]>([
    ['AWS has an internal error', answering(500, { __type: 'InternalServerError' }), 4],
    ['AWS throttles', refusing('ProvisionedThroughputExceededException'), 4],
    ['the table does not exist', refusing('ResourceNotFoundException'), 4],
    ['the answer is no JSON', (_, response) => response.end('<html>'), 4],
    ['the connection breaks', ({ socket }) => socket.destroy(), 4],
    ['the caller may not read it', refusing('AccessDeniedException'), 3],
  ])('%s', async (_, answer, status) => {
    expect(await check(await serving(answer))).toBe(status);
    expect(said.mock.calls.flat().join('\n')).toMatch(/\w/);
  });

  it('no port is open', async () => {
    const endpoint = await serving(answering(200, {}));
    server?.close();
    server = undefined;
    expect(await check(endpoint)).toBe(4);
  });
});

it('lastgood check says go where the ledger is empty', async () => {
  expect(await check(await serving(answering(200, { Items: [], Count: 0 })))).toBe(0);
});
