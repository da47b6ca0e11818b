import type {
  GetParameterRequest,
  GetParameterResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
  PutParameterRequest,
  PutParameterResult,
} from '@aws-sdk/client-ssm';
import type { AwsEvent, Surroundings } from './aws.ts';
import { honouring, AwsError, type Access, type Bucket } from './service.ts';
import { parameterArn, parameterName } from './ssm-names.ts';
import { createParameterTags, tagOperations } from './ssm-tags.ts';

interface Stored {
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly version: number;
  readonly modifiedAt: number;
}

/**
 * GetParameter and GetParameters: 40 per second without higher throughput (AWS Systems Manager endpoints and quotas).
 */
const READS: Bucket = { name: 'ssm-reads', burst: 40, perSecond: 40, error: 'ThrottlingException' };

/**
 * The maximum size of a standard parameter:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
const MAX_BYTES = 4096;

/** The versions of each parameter, oldest first. AWS keeps the last 100; here all are kept. */
type Parameters = Map<string, readonly Stored[]>;

export type Ssm = ReturnType<typeof createSsm>;

/**
 * Simulates AWS Systems Manager Parameter Store:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html SecureStrings use
 * the account's key aws/ssm. Every principal of the account that may read the parameter may also decrypt with it, so
 * KMS is not checked. Without WithDecryption they are returned as ciphertext.
 */
export function createSsm({ clock, emit }: Surroundings) {
  const parameters: Parameters = new Map();
  const tags = createParameterTags();
  const find = (named: string, decrypt: boolean | undefined): Parameter | null => {
    const stored = versionOf(parameters, named);
    return stored === null ? null : parameterOf(parameterName(named).name, stored, decrypt === true);
  };
  return {
    signingName: 'ssm',
    honoured: honouring({
      GetParameter: 'Name WithDecryption',
      GetParameters: 'Names WithDecryption',
      PutParameter: 'Name Description Value Type Overwrite Tags',
      DeleteParameter: 'Name',
      AddTagsToResource: 'ResourceType ResourceId Tags',
      RemoveTagsFromResource: 'ResourceType ResourceId TagKeys',
      ListTagsForResource: 'ResourceType ResourceId',
    }),
    /** Returns a parameter's value as another service resolves it; null if there is none. */
    value: (named: string): string | null => versionOf(parameters, named)?.value ?? null,
    tagged: () => tags.tagged(),
    operations: {
      ...tagOperations(parameters, tags, emit),
      GetParameter: {
        authorize: ({ Name = '' }: GetParameterRequest) => may('GetParameter', [Name]),
        run: ({ Name = '', WithDecryption }: GetParameterRequest): GetParameterResult => {
          const found = find(Name, WithDecryption);
          // AWS gives this error no message.
          if (found === null) throw new AwsError('ParameterNotFound', '');
          return { Parameter: found };
        },
        bucket: READS,
      },
      GetParameters: {
        authorize: ({ Names = [] }: GetParametersRequest) => may('GetParameters', Names),
        run: ({ Names = [], WithDecryption }: GetParametersRequest): GetParametersResult => {
          const found = Names.map((name) => find(name, WithDecryption)).filter((one) => one !== null);
          return { Parameters: found, InvalidParameters: Names.filter((name) => find(name, false) === null) };
        },
        bucket: READS,
      },
      PutParameter: {
        // Tags need a permission of their own:
        // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
        authorize: ({ Name = '', Tags }: PutParameterRequest) => [
          ...may('PutParameter', [Name]),
          ...(Tags === undefined ? [] : may('AddTagsToResource', [Name])),
        ],
        run: (input: PutParameterRequest): PutParameterResult => {
          const operation = parameters.has(input.Name ?? '') ? 'Update' : 'Create';
          if (input.Tags !== undefined && input.Overwrite === true)
            throw new AwsError('ValidationException', "Tags and overwrite can't be used together.");
          const result = put(parameters, input, clock.now());
          if (input.Tags !== undefined) tags.add(input.Name ?? '', input.Tags);
          emit(changeOf(operation, input));
          return result;
        },
      },
    },
  };
}

function may(action: string, names: readonly string[]): readonly Access[] {
  return names.map((name) => ({ action: `ssm:${action}`, resource: parameterArn(name) }));
}

/** Returns the newest version of a parameter, or the one that the name asks for. */
function versionOf(parameters: Parameters, named: string): Stored | null {
  const { name, version } = parameterName(named);
  const versions = parameters.get(name) ?? [];
  if (version === undefined) return versions.at(-1) ?? null;
  return versions.find((one) => String(one.version) === version) ?? null;
}

function put(parameters: Parameters, input: PutParameterRequest, now: number): PutParameterResult {
  const { Name = '', Value = '', Type = 'String', Overwrite } = input;
  const versions = parameters.get(Name) ?? [];
  const before = versions.at(-1);
  if (before !== undefined && Overwrite !== true)
    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists.');
  if (Value === '' || Buffer.byteLength(Value) > MAX_BYTES)
    throw new AwsError('ValidationException', `A standard parameter has 1 to ${MAX_BYTES} characters.`);
  const version = (before?.version ?? 0) + 1;
  parameters.set(Name, [...versions, { type: Type, value: Value, version, modifiedAt: now }]);
  return { Version: version, Tier: 'Standard' };
}

/**
 * Returns the event of a change; every kind of change has one.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
function changeOf(
  operation: 'Create' | 'Update',
  { Name = '', Type = 'String', Description }: PutParameterRequest,
): AwsEvent {
  return {
    source: 'aws.ssm',
    'detail-type': 'Parameter Store Change',
    resources: [parameterArn(Name)],
    detail: {
      operation,
      name: Name,
      type: Type,
      ...(Description !== undefined && { description: Description }),
    },
  };
}

function parameterOf(
  name: string,
  { type, value, version, modifiedAt }: Stored,
  decrypt: boolean,
): Parameter {
  const isHidden = type === 'SecureString' && !decrypt;
  return {
    Name: name,
    Type: type,
    Value: isHidden ? Buffer.from(`hidden ${name} ${version}`).toString('base64') : value,
    Version: version,
    LastModifiedDate: new Date(modifiedAt),
    ARN: parameterArn(name),
    DataType: 'text',
  };
}
