import { textTrait, type Member } from '../codec/shape.ts';

/** The position of a REST operation's member in a request or answer. https://smithy.io/2.0/spec/http-bindings.html */
export type Binding =
  | { readonly in: 'label' | 'query-params' | 'payload' | 'status' | 'body' }
  | { readonly in: 'query' | 'header' | 'prefix-headers'; readonly name: string };

export function bindingOf({ shape }: Member): Binding {
  const traits = shape.getMergedTraits();
  const query = textTrait(shape, 'httpQuery');
  const header = textTrait(shape, 'httpHeader');
  const prefix = textTrait(shape, 'httpPrefixHeaders');
  if (query !== undefined) return { in: 'query', name: query };
  if (header !== undefined) return { in: 'header', name: header.toLowerCase() };
  if (prefix !== undefined) return { in: 'prefix-headers', name: prefix.toLowerCase() };
  if (traits.httpLabel) return { in: 'label' };
  if (traits.httpQueryParams) return { in: 'query-params' };
  if (traits.httpPayload) return { in: 'payload' };
  return { in: traits.httpResponseCode ? 'status' : 'body' };
}
