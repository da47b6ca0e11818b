import type { AwsError } from '../world/service.ts';
import type { ErrorModel, ServiceModel } from './models.ts';

/**
 * An error as a protocol writes it. Its code may be the name or the query code of an error of the service, or an error that
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
  /** False for the errors that all services share and that no service's model has. */
  readonly modelled: boolean;
}

/**
 * Shared errors whose name in the query protocol is another one. The names are those of the "Common Error Types" page
 * of each service: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and
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
 * In the query protocol who may not call gets 403, in the JSON protocols 400. The pages of common errors give one or the
 * other and not for each protocol; clients go by the name.
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
