import type { HttpRequest } from '../http.ts';
import type { ServiceModel } from '../models.ts';
import { ec2QueryProtocol } from './ec2-query.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restJsonProtocol } from './rest-json.ts';
import { restXmlProtocol } from './rest-xml.ts';
import { rpcCborProtocol } from './rpc-cbor.ts';
import { rpcJsonProtocol } from './rpc-json.ts';

/** The protocols in the order of recognition; REST is the default. */
const PROTOCOLS: readonly Protocol[] = [
  restXmlProtocol,
  rpcCborProtocol,
  rpcJsonProtocol,
  ec2QueryProtocol,
  queryProtocol,
  restJsonProtocol,
];

export function protocolOf(request: HttpRequest, model: ServiceModel | null = null): Protocol {
  return PROTOCOLS.find((protocol) => protocol.speaks(request, model)) ?? restJsonProtocol;
}
