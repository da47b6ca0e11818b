import type { ApiDestination, Connection } from './stack.ts';
import type { Resource } from './template.ts';

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly Key: string;
  readonly Value: string;
}

/**
 * Returns a connection.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-connection.html
 * @throws Error for OAuth, which is not modelled
 */
export function connectionOf({ name, properties, attributes }: Resource): Connection {
  const { AuthorizationType: type, AuthParameters = {} } = properties;
  const {
    ApiKeyAuthParameters,
    BasicAuthParameters,
    InvocationHttpParameters = {},
  } = AuthParameters as Readonly<Record<string, Json>>;
  const headers = headerOf(type, ApiKeyAuthParameters, BasicAuthParameters);
  if (headers === null) throw new Error(`connection ${name}: ${String(type)} is not modelled`);
  const { BodyParameters, HeaderParameters, QueryStringParameters } = InvocationHttpParameters as Readonly<
    Record<string, readonly Parameter[] | undefined>
  >;
  return {
    arn: attributes['Arn'] ?? '',
    headers: { ...pairs(HeaderParameters), ...headers },
    body: pairs(BodyParameters),
    query: pairs(QueryStringParameters),
  };
}

function headerOf(
  type: unknown,
  key: Json | undefined,
  basic: Json | undefined,
): Readonly<Record<string, string>> | null {
  if (type === 'API_KEY' && key !== undefined)
    return { [String(key['ApiKeyName'])]: String(key['ApiKeyValue']) };
  if (type !== 'BASIC' || basic === undefined) return null;
  const login = `${String(basic['Username'])}:${String(basic['Password'])}`;
  return { Authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

/**
 * Returns an API destination.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-apidestination.html
 * @throws Error for an endpoint that is not HTTPS, or that has path parameters
 */
export function apiDestinationOf({ name, properties, attributes }: Resource): ApiDestination {
  const { ConnectionArn, HttpMethod, InvocationEndpoint, InvocationRateLimitPerSecond: rate } = properties;
  const endpoint = String(InvocationEndpoint);
  if (!endpoint.startsWith('https://') || endpoint.includes('*'))
    throw new Error(`API destination ${name}: the endpoint ${endpoint} is not modelled`);
  return {
    arn: attributes['Arn'] ?? '',
    connection: String(ConnectionArn),
    method: String(HttpMethod),
    endpoint,
    ...(rate !== undefined && { ratePerSecond: Number(rate) }),
  };
}

function pairs(list: readonly Parameter[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}
