'use strict';

/*
 * Applies a stage's settings to every resource of the packaged template: the permissions boundary, the topic of the
 * alarms and the KMS key. It reads the finished template, so that a new resource cannot be forgotten. A plugin of the
 * Serverless Framework.
 */

const NONE = { Ref: 'AWS::NoValue' };

/** The settings, which are parameters of the stack, and the conditions under which they were given. */
const SETTINGS = {
  PermissionsBoundary: {
    pattern: '^(arn:[a-z-]+:iam::[0-9]{12}:policy/.+)?$',
    is: 'ARN of the permissions boundary of every role of this stack.',
  },
  NotificationTopic: {
    pattern: '^(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+)?$',
    is: "ARN of the SNS topic that Lastgood's own alarms notify.",
  },
  EncryptionKey: {
    pattern: '^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+)?$',
    is: 'ARN of the KMS key for tables, dead letters, reports, logs and the bus.',
  },
};

const given = (name) => `${name}Given`;
const whenGiven = (name, yes = { Ref: name }, no = NONE) => ({ 'Fn::If': [given(name), yes, no] });
const notified = whenGiven('NotificationTopic', [{ Ref: 'NotificationTopic' }]);
const key = whenGiven('EncryptionKey');

const keyOfBucket = {
  ServerSideEncryptionConfiguration: [
    {
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'EncryptionKey' } },
    },
  ],
};

/** What a resource of each type gets. An SQS queue has either its own encryption or a key. */
const PROPERTIES = {
  'AWS::IAM::Role': () => ({ PermissionsBoundary: whenGiven('PermissionsBoundary') }),
  // An alarm may name its own actions at OK: scripts/watched.cjs.
  'AWS::CloudWatch::Alarm': ({ OKActions = notified }) => ({ AlarmActions: notified, OKActions }),
  'AWS::DynamoDB::Table': () => ({
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
  }),
  'AWS::SQS::Queue': () => ({
    SqsManagedSseEnabled: whenGiven('EncryptionKey', NONE, true),
    KmsMasterKeyId: key,
  }),
  // Objects with a key of their own would need more of it than a bucket key does.
  'AWS::S3::Bucket': ({ BucketEncryption }, id) =>
    id === 'ReportsBucket'
      ? { BucketEncryption: whenGiven('EncryptionKey', keyOfBucket, BucketEncryption) }
      : {},
  'AWS::Logs::LogGroup': () => ({ KmsKeyId: key }),
  'AWS::Events::EventBus': () => ({ KmsKeyIdentifier: key }),
};

/**
 * The calls that DynamoDB, SQS and S3 make with the caller's permissions.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const USE_OF_KEY = {
  Effect: 'Allow',
  Action: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  Resource: { Ref: 'EncryptionKey' },
  Condition: {
    StringEquals: {
      'kms:ViaService': [
        { 'Fn::Sub': 'dynamodb.${AWS::Region}.${AWS::URLSuffix}' },
        { 'Fn::Sub': 'sqs.${AWS::Region}.${AWS::URLSuffix}' },
        { 'Fn::Sub': 's3.${AWS::Region}.${AWS::URLSuffix}' },
      ],
    },
  },
};

module.exports = class Settings {
  constructor(serverless) {
    this.service = serverless.service;
    this.hooks = { 'after:aws:package:finalize:mergeCustomProviderResources': () => this.apply() };
  }

  apply() {
    const template = this.service.provider.compiledCloudFormationTemplate;
    const { Resources } = template;
    for (const [name, { pattern, is }] of Object.entries(SETTINGS)) {
      template.Parameters[name] = { Type: 'String', Default: '', AllowedPattern: pattern, Description: is };
      template.Conditions[given(name)] = { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: name }, ''] }] };
    }
    for (const [id, { Type, Properties }] of Object.entries(Resources))
      Object.assign(Properties, PROPERTIES[Type]?.(Properties, id));
    Resources.UseOfEncryptionKey = this.useOfKey(Resources);
  }

  /** Lets the roles that use tables, queues or the reports use the key. */
  useOfKey(resources) {
    const roles = Object.entries(resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::IAM::Role' &&
        /"(dynamodb|sqs):|"s3:(Get|Put)Object"/.test(JSON.stringify(Properties.Policies)),
    );
    return {
      Type: 'AWS::IAM::Policy',
      Condition: given('EncryptionKey'),
      Properties: {
        PolicyName: `${this.service.service}-${this.service.provider.stage}-key`,
        Roles: roles.map(([id]) => ({ Ref: id })),
        PolicyDocument: { Version: '2012-10-17', Statement: [USE_OF_KEY] },
      },
    };
  }
};
