import type { Parameters } from '../../src/aws/parameters.ts';
import type { Secret } from '../../src/aws/secret.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';
import { problemOfUrl } from '../../src/rollback/url.ts';

/** The threshold of every sample. */
export interface Threshold {
  readonly is: 'at most' | 'at least';
  readonly limit: number;
}

/** A query, its server and its threshold. */
export interface Check {
  /** The base URL of the API, without `/api/v1`; for a workspace it is its query URL up to there. */
  readonly url: URL;
  /** PromQL. */
  readonly query: string;
  readonly threshold: Threshold;
  /** The identity of the caller: none, the bearer of a token, or this role for a workspace in that Region. */
  readonly as:
    | { readonly who: 'anybody' }
    | { readonly who: 'bearer'; readonly token: Secret }
    | { readonly who: 'role'; readonly region: string };
}

/** Returns what a server wrote as a sign may quote it: without the token, which it may repeat, and short. */
export type Hide = (text: string) => string;

/** The most characters of a server's words in a sign. */
const MAX_QUOTED_CHARACTERS = 200;

export function hidingTokenOf({ as }: Pick<Check, 'as'>): Hide {
  const hide: Hide = (text) => (as.who === 'bearer' ? as.token.hideIn(text) : text);
  return (text) => hide(text).slice(0, MAX_QUOTED_CHARACTERS);
}

/** Reads the check of a name. Throws an error that names the problem. */
export type Checks = (name: string) => Promise<Check>;

/**
 * Reads checks from Parameter Store, because the value of an AWS tag cannot hold PromQL: its characters are letters,
 * digits, spaces and `+-=._:/@` (https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html). Reads them at
 * each poll, so that an operator can correct a wrong threshold during the proof.
 */
export function createChecks(read: Parameters, prefix: string): Checks {
  const valueOf = async (name: string): Promise<Secret> => {
    const value = (await read([prefix + name])).get(prefix + name);
    if (value === undefined) throw new Error(`there is no parameter ${prefix}${name}`);
    return value;
  };
  return async (name) => {
    const fields = asRecord(parseJson((await valueOf(name)).reveal()));
    if (fields === null) throw wrong('it must be a JSON object');
    const { token, region } = fields;
    const check = { url: urlOf(fields), query: queryOf(fields), threshold: thresholdOf(fields) };
    if (token === undefined && region === undefined) return { ...check, as: { who: 'anybody' } };
    if (token === undefined) return { ...check, as: { who: 'role', region: textOf(region, 'region') } };
    if (region !== undefined) throw wrong('token and region exclude each other');
    return { ...check, as: { who: 'bearer', token: await valueOf(nameOf(token)) } };
  };
}

type Fields = Readonly<Record<string, unknown>>;

function urlOf({ url }: Fields): URL {
  const text = textOf(url, 'url');
  const problem = problemOfUrl(text);
  if (problem !== null) throw wrong(`url ${problem}`);
  const parsed = new URL(text);
  if (parsed.search !== '' || parsed.hash !== '') throw wrong('url must end before the query');
  return parsed;
}

function queryOf({ query }: Fields): string {
  return textOf(query, 'query');
}

function thresholdOf({ atMost, atLeast }: Fields): Threshold {
  if ((atMost === undefined) === (atLeast === undefined)) throw wrong('one of atMost and atLeast is needed');
  const limit = atMost ?? atLeast;
  if (typeof limit !== 'number' || !Number.isFinite(limit)) throw wrong('the threshold must be a number');
  return { is: atMost === undefined ? 'at least' : 'at most', limit };
}

/** Returns the name of the token, which must be below the same prefix as the check: no other parameter may be read. */
function nameOf(token: unknown): string {
  const name = textOf(token, 'token');
  if (!/^[\w.-]+$/.test(name)) throw wrong('token must be the name of a parameter beside this one');
  return name;
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || value === '') throw wrong(`${field} must be a text`);
  return value;
}

function wrong(what: string): Error {
  return new Error(`the parameter is not a check: ${what}`);
}
