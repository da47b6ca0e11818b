import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it } from 'vitest';
import { modelledServices } from '../../models/modelled.ts';
import { membersOf } from '../../wire/codec/shape.ts';
import { loadModel } from '../../wire/sdk.ts';
import { operation, running, service, type Running } from './fakes.ts';

describe('the lists of what operations honour', () => {
  // Tables in memory refuse what they do not know by themselves.
  const listing = modelledServices().filter(({ signingName }) => signingName !== 'dynamodb');

  it.each(listing)('of $signingName are complete', ({ operations, honoured = {} }) => {
    expect(Object.keys(honoured).toSorted()).toEqual(operations);
  });

  it.each(listing)('of $signingName name members of the inputs', async ({ signingName, honoured = {} }) => {
    const { operations } = await loadModel(signingName);
    for (const [name, list] of Object.entries(honoured)) {
      const known = membersOf(operations.get(name)!.input).map((member) => member.name);
      expect([name, list.filter((one) => !known.includes(one))]).toEqual([name, []]);
    }
  });
});

describe('a member of the input that the model does not honour', () => {
  let on: Running | undefined;
  afterEach(async () => on?.wire.close());

  const started = async (honoured?: Record<string, readonly string[]>) => {
    const updateService = operation({});
    on = await running([
      { ...service('ecs', { UpdateService: updateService }), ...(honoured && { honoured }) },
    ]);
    return { client: new ECSClient(on.client()), inputs: updateService.inputs };
  };

  it('is refused by its name, and nothing happens', async () => {
    const { client, inputs } = await started({ UpdateService: ['service'] });
    const command = new UpdateServiceCommand({ service: 'web', desiredCount: 3, placementStrategy: [] });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the embedded AWS does not model ecs:UpdateService with desiredCount, placementStrategy',
    });
    expect(inputs).toEqual([]);
    expect(on!.wire.calls).toMatchObject([{ error: 'UnknownOperationException', asked: [] }]);
  });

  it('may be absent', async () => {
    const { client, inputs } = await started({ UpdateService: ['service'] });
    await client.send(new UpdateServiceCommand({ service: 'web', desiredCount: undefined }));
    expect(inputs).toEqual([{ service: 'web' }]);
  });

  it('exists only where there is a list', async () => {
    const { client, inputs } = await started();
    await client.send(new UpdateServiceCommand({ service: 'web', desiredCount: 3 }));
    expect(inputs).toHaveLength(1);
  });
});
