import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { REGIONS, WITHOUT_REGISTRIES } from '../../scripts/deploy/regions.ts';
import { PACKAGED } from '../../scripts/package.ts';

interface Template {
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Parameters: Readonly<Record<string, { readonly Default: string }>>;
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Condition?: string;
        readonly Properties: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

const { Conditions, Parameters, Resources } = JSON.parse(readFileSync(PACKAGED, 'utf8')) as Template;
const resources = Object.values(Resources);
const of = (type: string) =>
  resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const NONE = { Ref: 'AWS::NoValue' };
const whenGiven = (name: string, yes: unknown = { Ref: name }, no: unknown = NONE) => ({
  'Fn::If': [`${name}Given`, yes, no],
});

/** The properties of each type that follow a setting of the stage. */
const FOLLOW: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::IAM::Role': { PermissionsBoundary: whenGiven('PermissionsBoundary') },
  'AWS::CloudWatch::Alarm': {
    AlarmActions: whenGiven('NotificationTopic', [{ Ref: 'NotificationTopic' }]),
  },
  'AWS::DynamoDB::Table': {
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: whenGiven('EncryptionKey') },
  },
  'AWS::SQS::Queue': {
    KmsMasterKeyId: whenGiven('EncryptionKey'),
    SqsManagedSseEnabled: whenGiven('EncryptionKey', NONE, true),
  },
  'AWS::Logs::LogGroup': { KmsKeyId: whenGiven('EncryptionKey') },
  'AWS::Events::EventBus': { KmsKeyIdentifier: whenGiven('EncryptionKey') },
};

describe('the settings of a stage (scripts/settings.cjs)', () => {
  it.each(Object.entries(FOLLOW))('apply to every %s', (type, properties) => {
    expect(of(type).length).toBeGreaterThan(0);
    for (const one of of(type)) expect(one).toMatchObject(properties);
  });

  it('notify the topic at OK of the alarms that last, and of no other', () => {
    const atOk = of('AWS::CloudWatch::Alarm').filter(({ OKActions }) => JSON.stringify(OKActions) !== '[]');
    expect(atOk.map(({ AlarmName }) => AlarmName)).toEqual([
      ...['lastgood-prod-notify-slack', 'lastgood-prod-dead-letters', 'lastgood-prod-sweep-silent'],
    ]);
    for (const { OKActions } of atOk)
      expect(OKActions).toEqual(whenGiven('NotificationTopic', [{ Ref: 'NotificationTopic' }]));
  });

  it('are empty by default', () => {
    const names = ['PermissionsBoundary', 'NotificationTopic', 'EncryptionKey'];
    expect(names.map((name) => Parameters[name]?.Default)).toEqual(['', '', '']);
  });

  it('let every role that uses tables, queues or the reports use the key, through these services alone', () => {
    const EncryptionKey = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
    const { roles } = readStack(PACKAGED, '.', { EncryptionKey });
    const text = (one: (typeof roles)[number]) => JSON.stringify(one.policies);
    const users = roles.filter((role) => /"(dynamodb|sqs):|"s3:(Get|Put)Object"/.test(text(role)));
    expect(users.length).toBeGreaterThan(15);
    expect(roles.filter((role) => text(role).includes(EncryptionKey))).toEqual(users);
    const via = [
      'dynamodb.eu-west-1.amazonaws.com',
      'sqs.eu-west-1.amazonaws.com',
      's3.eu-west-1.amazonaws.com',
    ];
    for (const role of users) expect(text(role)).toContain(JSON.stringify({ 'kms:ViaService': via }));
  });
});

describe('the schemas of the events', () => {
  it('are left out in the Regions without registries', () => {
    const isRegion = (region: string) => ({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] });
    expect(Conditions['SchemasAreHere']).toEqual({
      'Fn::Not': [{ 'Fn::Or': WITHOUT_REGISTRIES.map(isRegion) }],
    });
    const schemas = resources.filter(({ Type }) => Type.startsWith('AWS::EventSchemas::'));
    expect(schemas.filter(({ Condition }) => Condition !== 'SchemasAreHere')).toEqual([]);
    expect(WITHOUT_REGISTRIES.filter((region) => !REGIONS.includes(region))).toEqual([]);
  });
});
