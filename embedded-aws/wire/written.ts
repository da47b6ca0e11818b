import type { AwsError } from '../world/service.ts';
import type { ErrorModel, ServiceModel } from './models.ts';

/**
 * An error as a protocol writes it. Its code is the name or the query code of a service's error, or of an error that
 * all services share.
 */
export interface Written {
  /** Its name in the JSON and CBOR protocols. */
  readonly name: string;
  /** Its code in the query protocol. */
  readonly queryCode: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';
  readonly message: string;
  readonly messageMember: string;
  /** False for the errors that all services share and no service's model has. */
  readonly modelled: boolean;
}

/**
 * Shared errors with another name in the query protocol. The names are those of each service's "Common Error Types"
 * page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
const QUERY_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnknownOperationException: 'InvalidAction',
  SerializationException: 'MalformedInput',
  ValidationException: 'ValidationError',
};

/**
 * Status of a denied call: 403 in the query protocol, 400 in the JSON protocols. The pages of common errors give one or
 * the other, not both per protocol; clients use the name.
 */
const QUERY_STATUS: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  InvalidClientTokenId: 403,
  MissingAuthenticationToken: 403,
};

export function written(error: AwsError, model: ServiceModel | null, protocol: 'query' | 'other'): Written {
  const { code, message } = error;
  const known = model?.errors.find((one) => one.name === code || one.queryCode === code);
  const queryCode = known?.queryCode ?? QUERY_CODES[code] ?? code;
  const status =
    known?.status ?? (protocol === 'query' ? QUERY_STATUS[queryCode] : undefined) ?? error.status;
  return {
    name: known?.name ?? code,
    queryCode,
    status,
    fault: faultOf(known, status),
    message,
    messageMember: known?.messageMember ?? 'message',
    modelled: known !== undefined,
  };
}

function faultOf(known: ErrorModel | undefined, status: number): 'Sender' | 'Receiver' {
  return (known === undefined ? status >= 500 : known.fault === 'server') ? 'Receiver' : 'Sender';
}
