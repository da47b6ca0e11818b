import { restJson } from '../codec/json.ts';
import type { Notation } from '../codec/read.ts';
import { parseXml, xmlNotation } from '../codec/xml-tree.ts';
import { parseBody } from './json-body.ts';

/** How a REST protocol writes what is not bound to the path, the query or the headers. */
export interface RestBody {
  readonly notation: Notation;
  /** @throws Malformed */
  parse(body: Buffer): unknown;
}

export const jsonBody: RestBody = { notation: restJson, parse: parseBody };

/** The root element, or nothing where the body is empty. */
export const xmlBody: RestBody = {
  notation: xmlNotation,
  parse: (body) =>
    body.length === 0 ? [{ name: '', children: [], text: '' }] : parseXml(body.toString('utf8')),
};
