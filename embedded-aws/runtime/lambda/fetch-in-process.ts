import { answererAt, type HttpAnswer, type HttpRequest } from '../../wire/http.ts';

/**
 * A `fetch` that calls servers of this process directly. All other requests leave by the real `fetch`. These servers
 * answer without redirects, caches and cookies, so none are supported.
 */
export async function fetchInProcess(...[input, init = {}]: Parameters<typeof fetch>): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const answer = answererAt(url.origin);
  if (answer === undefined) return fetch(input, init);
  if (input instanceof Request) throw new Error('a Request is not modelled: give the address and the rest');
  return responseOf(await answer(received(url, init)));
}

function received(url: URL, { method = 'GET', headers, body }: RequestInit): HttpRequest {
  const isForm = body instanceof URLSearchParams;
  const sent = Object.fromEntries(new Headers(headers));
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {
      ...(isForm && { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }),
      ...sent,
      host: url.host,
    },
    body: bytesOf(isForm ? body.toString() : body),
  };
}

function bytesOf(body: RequestInit['body']): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new Error('this sort of body is not modelled');
}

function responseOf({ status, headers, body }: HttpAnswer): Response {
  const hasNoBody = status === 204 || status === 304;
  const bytes = typeof body === 'string' ? body : Uint8Array.from(body);
  return new Response(hasNoBody ? null : bytes, { status, headers: { ...headers } });
}
