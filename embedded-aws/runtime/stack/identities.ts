import { ACCOUNT, REGION, arn } from '../../world/aws.ts';

/** The identity of a created resource: its name, its `Ref` value, and its `Fn::GetAtt` values. */
export interface Identity {
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

type Properties = Readonly<Record<string, unknown>>;
type Identify = (name: string, properties: Properties) => Identity;

const byName = (attributes: Identity['attributes'], name: string): Identity => ({
  name,
  ref: name,
  attributes,
});
const byArn = (name: string, ownArn: string, attributes: Identity['attributes'] = {}): Identity => ({
  name,
  ref: ownArn,
  attributes: { Arn: ownArn, Name: name, ...attributes },
});

interface Kind {
  /** The property that holds the name, if the template sets one. */
  readonly named?: string;
  readonly identify: Identify;
}

/** Return values of the resource types: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::Lambda::Function': {
    named: 'FunctionName',
    identify: (name) => byName({ Arn: arn('lambda', `function:${name}`) }, name),
  },
  'AWS::IAM::Role': { named: 'RoleName', identify: role },
  'AWS::Events::EventBus': {
    named: 'Name',
    identify: (name) => byName({ Arn: arn('events', `event-bus/${name}`), Name: name }, name),
  },
  'AWS::Events::Rule': { named: 'Name', identify: rule },
  'AWS::Events::Connection': { named: 'Name', identify: (name) => withId('connection', name) },
  'AWS::Events::ApiDestination': { named: 'Name', identify: (name) => withId('api-destination', name) },
  'AWS::SSM::Parameter': { named: 'Name', identify: (name) => byName({ Type: 'String' }, name) },
  'AWS::EventSchemas::Registry': {
    named: 'RegistryName',
    identify: (name) => byArn(name, arn('schemas', `registry/${name}`), { RegistryName: name }),
  },
  'AWS::SQS::Queue': { named: 'QueueName', identify: queue },
  'AWS::DynamoDB::Table': {
    named: 'TableName',
    identify: (name) => byName({ Arn: arn('dynamodb', `table/${name}`) }, name),
  },
  'AWS::StepFunctions::StateMachine': {
    named: 'StateMachineName',
    identify: (name) => byArn(name, arn('states', `stateMachine:${name}`)),
  },
  'AWS::SNS::Topic': { named: 'TopicName', identify: topic },
  'AWS::CloudWatch::Alarm': {
    named: 'AlarmName',
    identify: (name) => byName({ Arn: arn('cloudwatch', `alarm:${name}`) }, name),
  },
  'AWS::ApiGatewayV2::Api': { identify: api },
  'AWS::Logs::LogGroup': {
    named: 'LogGroupName',
    identify: (name) => byName({ Arn: `${arn('logs', `log-group:${name}`)}:*` }, name),
  },
  'AWS::S3::Bucket': {
    named: 'BucketName',
    identify: bucket,
  },
};

/** Resources that only configure another one: no resource refers to them. */
const NAMELESS: Identify = (name) => byName({}, name);

/** Returns the identity of a resource. Without a name, it is named after the stack and its logical id. */
export function identify(stack: string, logicalId: string, type: string, properties: Properties): Identity {
  const { named, identify: identity } = KINDS[type] ?? { identify: NAMELESS };
  const given = named === undefined ? undefined : properties[named];
  return identity(typeof given === 'string' ? given : `${stack}-${logicalId}`, properties);
}

function role(name: string, properties: Properties): Identity {
  const path = typeof properties['Path'] === 'string' ? properties['Path'] : '/';
  return byName({ Arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}` }, name);
}

/** Identifies a rule. On a custom bus, its `Ref` is `bus|rule`; the template names the bus by name or ARN. */
function rule(name: string, properties: Properties): Identity {
  const bus = busName(properties['EventBusName']);
  if (bus === 'default') return byName({ Arn: arn('events', `rule/${name}`) }, name);
  return { name, ref: `${bus}|${name}`, attributes: { Arn: arn('events', `rule/${bus}/${name}`) } };
}

/** AWS assigns an id; here it is the same for all. */
function withId(type: string, name: string): Identity {
  return byName({ Arn: arn('events', `${type}/${name}/0a1b2c3d-4e5f-6789-abcd-ef0123456789`) }, name);
}

function queue(name: string): Identity {
  const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
  return { name, ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
}

/** Identifies an API. AWS assigns an id; here it is the stack's name for the API, in lower case. */
function api(name: string): Identity {
  const id = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const endpoint = `https://${id}.execute-api.${REGION}.amazonaws.com`;
  return { name, ref: id, attributes: { ApiId: id, ApiEndpoint: endpoint } };
}

/** Identifies a bucket. Its name, generated ones too, has no capital letters. */
function bucket(given: string): Identity {
  const name = given.toLowerCase();
  return byName({ Arn: `arn:aws:s3:::${name}` }, name);
}

function topic(name: string): Identity {
  const own = arn('sns', name);
  return byArn(name, own, { TopicArn: own, TopicName: name });
}

/** Returns the name of a bus from a name, an ARN, or no value. */
export function busName(given: unknown): string {
  return typeof given === 'string' ? given.replace(/^arn:.*:event-bus\//, '') : 'default';
}

export function roleName(roleArn: unknown): string {
  return String(roleArn).replace(/^.*\//, '');
}
