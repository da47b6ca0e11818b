import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type Change,
} from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, it } from 'vitest';
import { parseXml } from '../../wire/codec/xml-tree.ts';
import { awsError, operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const SubmittedAt = new Date('2026-11-22T02:59:58.123Z');

describe('REST-XML (route53)', () => {
  it('carries lists, texts with markup, numbers and booleans in the shapes of the SDK', async () => {
    const change = operation({ ChangeInfo: { Id: '/change/C1', Status: 'PENDING', SubmittedAt } });
    on = await running([service('route53', { ChangeResourceRecordSets: change })]);
    const Changes: Change[] = ['blue & <green>', 'ünïcode'].map((SetIdentifier) => ({
      Action: 'UPSERT',
      ResourceRecordSet: {
        ...{ Name: '\\052.example.com.', Type: 'A', SetIdentifier, Weight: 0 },
        AliasTarget: { HostedZoneId: 'Z2', DNSName: 'shop.elb.amazonaws.com', EvaluateTargetHealth: false },
      },
    }));
    const input = { HostedZoneId: 'Z1', ChangeBatch: { Comment: 'a "comment"', Changes } };
    const answer = await new Route53Client(on.client()).send(new ChangeResourceRecordSetsCommand(input));
    expect(change.inputs).toEqual([input]);
    expect(answer.ChangeInfo).toEqual({ Id: '/change/C1', Status: 'PENDING', SubmittedAt });
  });

  it('takes its input from the path and the query where there is no body', async () => {
    const records = [{ Name: 'a.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] }];
    const list = operation({ ResourceRecordSets: records, IsTruncated: false, MaxItems: 5 });
    on = await running([service('route53', { ListResourceRecordSets: list })]);
    const input = { HostedZoneId: 'Z1', StartRecordName: '\\052.example.com.', MaxItems: 5 };
    const answer = await new Route53Client(on.client()).send(new ListResourceRecordSetsCommand(input));
    expect(list.inputs).toEqual([input]);
    expect(answer.ResourceRecordSets).toEqual(records);
  });

  it('returns errors with their class and message', async () => {
    on = await running([
      service('route53', { GetChange: operation(awsError('NoSuchChange', 'No such change.')) }),
    ]);
    const call = new Route53Client(on.client()).send(new GetChangeCommand({ Id: '/change/C1' }));
    await expect(call).rejects.toMatchObject({
      name: 'NoSuchChange',
      message: 'No such change.',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('XML', () => {
  it('is read to its root, without declarations, comments and prefixes', () => {
    const [root] = parseXml(
      '<?xml version="1.0"?><!-- x --><n:a xmlns:n="urn:n"><b c="d"/>&lt;&#65;&#x42;&amp;lt;</n:a>',
    );
    expect(root).toEqual({ name: 'a', text: '<AB&lt;', children: [{ name: 'b', text: '', children: [] }] });
  });

  it.each(['<a>', '</a>', '<a></b>', '<a><b></a></b>', '<a/><b/>', '<a', '<a>&lt;<'])('is not %s', (text) => {
    expect(() => parseXml(text)).toThrow('well-formed');
  });
});
