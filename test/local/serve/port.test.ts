import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { whyTaken } from '../../../local/serve/port.ts';

test('a port in use is said to be so, and a free one is free again afterwards', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  expect(await whyTaken(port)).toBe(`port ${port} of 127.0.0.1 is in use`);
  await new Promise((resolve) => server.close(resolve));
  expect([await whyTaken(port), await whyTaken(port)]).toEqual([null, null]);
});
