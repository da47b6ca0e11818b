import { membersOf, shapeOf, type Member, type Shape } from './codec/shape.ts';
import { routeOf, type Route } from './route.ts';

/** The SDK's model of one operation. */
export interface OperationModel {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  /** Only operations of REST services have a route. */
  readonly route?: Route;
}

/** The SDK's model of one error. */
export interface ErrorModel {
  readonly name: string;
  /** The code in the query protocol, if it differs from the name: `ListenerNotFound` of ListenerNotFoundException. */
  readonly queryCode: string;
  readonly status?: number;
  readonly fault: 'client' | 'server';
  /** Name of the message's member: `message` or `Message`. */
  readonly messageMember: string;
}

/** The model of one service, from its SDK package. */
export interface ServiceModel {
  readonly signingName: string;
  readonly namespace: string;
  readonly xmlNamespace: string;
  /** Prefix of `x-amz-target`. */
  readonly target: string;
  /** The Smithy id of the protocol that the SDK speaks: `aws.protocols#awsJson1_1`. */
  readonly protocol: string;
  /** The service formerly used only the query protocol, and still returns that protocol's error codes in a header. */
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: readonly ErrorModel[];
}

/** The parts read of an SDK client. Each package's runtimeConfig sets them. */
interface SdkClient {
  readonly config: {
    readonly protocol: { getShapeId(): string };
    readonly protocolSettings: Readonly<Record<string, unknown>>;
  };
}

const OPERATION = 9;
const ERROR = -3;

/** Reads the schemas that an SDK package exports beside its client. */
export function modelOf(signingName: string, client: SdkClient, exported: object): ServiceModel {
  const { protocol, protocolSettings: settings } = client.config;
  const schemas: readonly unknown[] = Object.values(exported);
  const operations = schemas.filter((schema) => isSchema(schema, OPERATION)).map(operationOf);
  return {
    signingName,
    namespace: textOf(settings['defaultNamespace']),
    xmlNamespace: textOf(settings['xmlNamespace']),
    target: textOf(settings['serviceTarget']),
    protocol: protocol.getShapeId(),
    queryCompatible: settings['awsQueryCompatible'] === true,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    errors: schemas.filter((schema) => isSchema(schema, ERROR)).map(errorOf),
  };
}

/** Static schemas are arrays: kind, namespace, name, traits, and the kind's further values. */
type StaticSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  ...rest: unknown[],
];

function isSchema(value: unknown, kind: number): value is StaticSchema {
  return Array.isArray(value) && value.length >= 5 && value[0] === kind;
}

function operationOf([, , name, traits, given, output]: StaticSchema): OperationModel {
  const http = recordOf(traits)['http'];
  const input = shapeOf(given);
  return {
    name,
    input,
    output: shapeOf(output),
    ...(Array.isArray(http) && {
      route: routeOf(String(http[0]), pathStyle(String(http[1]), input), Number(http[2])),
    }),
  };
}

/**
 * Adds the bucket to the path of S3's operations, whose host name normally contains it. An endpoint that is an address
 * has no such names, so the bucket comes first in the path.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
function pathStyle(uri: string, input: Shape): string {
  const isOfBucket = input.isStructSchema() && membersOf(input).some(isBucketLabel);
  return isOfBucket && !uri.includes('{Bucket}') ? `/{Bucket}${uri}` : uri;
}

function isBucketLabel({ name, shape }: Member): boolean {
  return name === 'Bucket' && Boolean(shape.getMergedTraits().httpLabel);
}

function errorOf([, , name, traits, members]: StaticSchema): ErrorModel {
  const { awsQueryError: query, httpError, error } = recordOf(traits);
  const [code, queryStatus] = Array.isArray(query) ? (query as readonly unknown[]) : [];
  const status = httpError ?? queryStatus;
  const names = Array.isArray(members) ? (members as readonly unknown[]) : [];
  return {
    name,
    queryCode: typeof code === 'string' ? code : name,
    ...(typeof status === 'number' && { status }),
    fault: error === 'server' ? 'server' : 'client',
    messageMember: names.includes('Message') ? 'Message' : 'message',
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
