import type { HttpRequest } from '../http.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restJsonProtocol } from './rest-json.ts';
import { rpcCborProtocol } from './rpc-cbor.ts';
import { rpcJsonProtocol } from './rpc-json.ts';

/** In the order in which they are recognised; REST is what is left. */
const PROTOCOLS: readonly Protocol[] = [rpcCborProtocol, rpcJsonProtocol, queryProtocol, restJsonProtocol];

export function protocolOf(request: HttpRequest): Protocol {
  return PROTOCOLS.find((protocol) => protocol.speaks(request)) ?? restJsonProtocol;
}
