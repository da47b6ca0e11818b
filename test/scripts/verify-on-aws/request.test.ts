import { expect, it } from 'vitest';
import { requestRollback } from '../../../scripts/verify-on-aws/request.ts';

const sent: unknown[] = [];
const bus = (answer: object) => ({
  events: {
    send: ({ input }: { readonly input: { readonly Entries: readonly unknown[] } }) => {
      sent.push(...input.Entries);
      return Promise.resolve({ Entries: [answer] });
    },
  },
});

it("a rollback is requested on the bus of Lastgood's stage", async () => {
  await requestRollback(bus({ EventId: '1' }) as never, 'dev', 'pipeline:shop/Deploy');
  expect(sent).toMatchObject([{ EventBusName: 'lastgood-dev', DetailType: 'Rollback Requested' }]);
  expect(sent).toMatchObject([
    { Detail: expect.stringContaining('"target":"pipeline:shop/Deploy"') as string },
  ]);
});

it('a request that the bus does not take ends the run', async () => {
  const refused = bus({ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' });
  await expect(requestRollback(refused as never, 'dev', 'pipeline:shop/Deploy')).rejects.toThrow(
    'the bus did not take the request: InternalFailure try again',
  );
});
