import { restJson } from '../codec/json.ts';
import type { Notation } from '../codec/read.ts';
import { parseXml, xmlNotation } from '../codec/xml-tree.ts';
import { parseBody } from './json-body.ts';

/** A REST protocol's body: the members that are not bound to the path, the query or the headers. */
export interface RestBody {
  readonly notation: Notation;
  /** @throws Malformed */
  parse(body: Buffer): unknown;
}

export const jsonBody: RestBody = { notation: restJson, parse: parseBody };

/** A body that is one root element; an empty body is an empty element. */
export const xmlBody: RestBody = {
  notation: xmlNotation,
  parse: (body) =>
    body.length === 0 ? [{ name: '', children: [], text: '' }] : parseXml(body.toString('utf8')),
};
