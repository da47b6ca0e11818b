import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openAws } from '../../../scripts/verify-on-aws/aws-ground.ts';

/** Serves on 127.0.0.1, and resolves with the path of the first request. */
async function serve(): Promise<{ readonly url: string; readonly first: Promise<string> }> {
  const asked = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    asked.resolve(request.url ?? '');
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, first: asked.promise };
}

function open() {
  const ground = openAws('eu-west-1');
  onTestFinished(() => ground.close());
  return ground;
}

test('users send requests over HTTP until they are stopped, whatever is answered', async () => {
  const ground = open();
  const { url, first } = await serve();
  const load = ground.send([{ url }]);
  expect(await first).toBe('/');
  await load.stop();
  expect(load.sent.requests).toBeGreaterThan(0);
  expect(load.sent.invocations).toBe(0);
  const { requests } = load.sent;
  await Promise.resolve();
  expect(load.sent.requests).toBe(requests);
});

test('a wait on AWS ends at once when it is interrupted', async () => {
  const ground = open();
  const controller = new AbortController();
  const waited = ground.wait(3_600, controller.signal);
  controller.abort();
  await expect(waited).resolves.toBeUndefined();
});
