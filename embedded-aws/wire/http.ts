import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A complete request. Header names are in lower case. The path is unchanged, without the query. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * The largest body that AWS takes in any modelled API: "Request must be smaller than 70167211 bytes for the
 * CreateFunction operation", as recorded in
 * https://github.com/localstack/docs/pull/933
 */
const MAX_BODY_BYTES = 70_167_211;

type Answerer = (request: HttpRequest) => Promise<HttpAnswer>;

/** The answerers by origin in this process. */
const answerers = new Map<string, Answerer>();

export function answererAt(origin: string): Answerer | undefined {
  return answerers.get(origin);
}

/** Serves only on 127.0.0.1. `port` 0 uses any free one. */
export async function serve(port: number, answer: Answerer): Promise<Server> {
  const server = createServer((message, response) => {
    respond(message, response, answer).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answerers.set(origin, answer);
  server.once('close', () => answerers.delete(origin));
  return server;
}

/** Answers requests to an origin of that name within this process, without a port. */
export function answerHere(
  name: string,
  answer: Answerer,
): {
  readonly origin: string;
  readonly close: () => Promise<void>;
} {
  const origin = freeOrigin(name);
  answerers.set(origin, answer);
  const close = (): Promise<void> => {
    answerers.delete(origin);
    return Promise.resolve();
  };
  return { origin, close };
}

/** Returns a free origin. A world that runs alone always gets the same one, so its texts stay the same. */
function freeOrigin(name: string): string {
  const origins = Array.from(
    { length: answerers.size + 1 },
    (_, index) => `http://${name}-${index}.localhost`,
  );
  return origins.find((origin) => !answerers.has(origin)) ?? '';
}

export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<void> {
  const request = await receive(message);
  const { status, headers, body } = request === null ? TOO_LARGE : await answer(request);
  response.sendDate = false;
  // The answer to a HEAD names the length of what a GET would return.
  const length = message.method === 'HEAD' ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}

/** Closes the connection: the rest of the body is not read. */
const TOO_LARGE: HttpAnswer = {
  status: 413,
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': 'RequestEntityTooLargeException',
    connection: 'close',
  },
  body: JSON.stringify({ message: `Request must be smaller than ${MAX_BODY_BYTES} bytes` }),
};

/** Returns null for a body that is too large. */
async function receive(message: IncomingMessage): Promise<HttpRequest | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes >= MAX_BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  const [path = '/', query = ''] = (message.url ?? '/').split('?');
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: inflated(Buffer.concat(chunks), headers['content-encoding']),
  };
}

/**
 * Decompresses a body: CloudWatch's clients compress large ones. The codec refuses a body that is not in its declared
 * encoding.
 */
function inflated(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    return body;
  }
}
