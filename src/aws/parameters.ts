import { asRecord, parseJson } from '../rollback/json.ts';
import { Unavailable } from '../rollback/errors.ts';
import type { Instant } from '../rollback/request.ts';
import type { Variables } from './client.ts';
import { ownCredentials } from './own-credentials.ts';
import { Secret } from './secret.ts';
import { signedHeaders } from './signature.ts';

/**
 * Returns values by name, without white space around them: a file or `echo` adds a line break. Leaves out a parameter
 * that does not exist or is blank.
 */
export type Parameters = (names: readonly string[]) => Promise<ReadonlyMap<string, Secret>>;

/** The surroundings that the reader needs. */
export interface ParameterSurroundings extends Variables {
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
}

const TIMEOUT_MS = 2_000;

/** One retry, as for the AWS clients (client.ts). */
const ATTEMPTS = 2;

/**
 * Reads decrypted values from Parameter Store. Does not use the SDK for these two calls: its client for Systems Manager
 * has some 150 operations and 80 KB of errors, a quarter of a trigger's size limit (ADR 13).
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 * @throws an error with Systems Manager's name; Unavailable if there is no answer
 */
export function createParameters(surroundings: ParameterSurroundings): Parameters {
  return async (names) =>
    valuesOf(await answerTo('GetParameters', { Names: names, WithDecryption: true }, surroundings));
}

/**
 * Writes a parameter of plain text, in place of its last version.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * @throws an error with Systems Manager's name; Unavailable if there is no answer
 */
export function createPutParameter(
  surroundings: ParameterSurroundings,
): (name: string, value: string) => Promise<void> {
  return async (name, value) => {
    const input = { Name: name, Value: value, Type: 'String', Overwrite: true };
    await answerTo('PutParameter', input, surroundings);
  };
}

async function answerTo(
  operation: string,
  input: object,
  surroundings: ParameterSurroundings,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const response = await call(operation, JSON.stringify(input), surroundings).catch(() => null);
    const isPassing = response === null || response.status >= 500 || response.status === 429;
    if (isPassing && attempt < ATTEMPTS) continue;
    if (response === null) throw new Unavailable('Parameter Store did not answer');
    const answer = parseJson(await response.text());
    if (response.status !== 200) throw refusalOf(response.status, answer);
    return answer;
  }
}

async function call(
  operation: string,
  body: string,
  { setting, variable, fetch, now }: ParameterSurroundings,
): Promise<Response> {
  const region = setting('AWS_REGION');
  const url = new URL(variable('AWS_ENDPOINT_URL') ?? `https://ssm.${region}.${domainOf(region)}`);
  const target = `AmazonSSM.${operation}`;
  const signed = signedHeaders(
    { host: url.host, service: 'ssm', region, target, body },
    ownCredentials({ setting, variable }),
    new Date(now()),
  );
  return fetch(url, { method: 'POST', headers: signed, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** Returns the domain of the endpoint. China has its own. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** The status is where the SDK's errors have it, so that a failure of Systems Manager is retried like others (errors.ts). */
function refusalOf(status: number, answer: unknown): Error {
  const { __type: type, message } = asRecord(answer) ?? {};
  const name = typeof type === 'string' ? type.replace(/^.*#/, '') : 'Unavailable';
  return Object.assign(new Error(`Parameter Store: ${sentenceOf(message) ?? status}`), {
    ...{ name, $metadata: { httpStatusCode: status } },
  });
}

function valuesOf(answer: unknown): ReadonlyMap<string, Secret> {
  const { Parameters: found } = asRecord(answer) ?? {};
  const parameters = (Array.isArray(found) ? found : []) as readonly { Name: string; Value: string }[];
  const filled = parameters
    .map(({ Name, Value }) => [Name, Value.trim()] as const)
    .filter(([, value]) => value !== '');
  return new Map(filled.map(([name, value]) => [name, new Secret(value, name)]));
}

/** Returns the first line. After it, the refusal of a signature repeats the request with its session token. */
function sentenceOf(message: unknown): string | undefined {
  return typeof message === 'string' ? message.split('\n')[0] : undefined;
}
