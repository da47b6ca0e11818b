import type { Scenario } from '../scenario.ts';
import { failing, FAULTY, openShop, stands, TARGET } from './shop.ts';

const NO_WRITE = { outcome: 'failed-clean', served: false, writes: [] } as const;

/** Updates that failed: CloudFormation goes back, or leaves them half done. */
export const stackFailures: readonly Scenario[] = [
  {
    name: 'cloudformation-native-rollback',
    shows:
      'a resource fails and CloudFormation rolls the update back natively: Lastgood joins, and proves it',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY, more: [failing('no room')] });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: [] },
      also: stands('UPDATE_ROLLBACK_COMPLETE', '1'),
    },
  },
  {
    name: 'cloudformation-failed-halfway',
    shows:
      'rollback was disabled, so the failed update stays half done: the stack is rolled back with its own role',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY, disableRollback: true, more: [failing('no room')] });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['RollbackStack'] },
      also: stands('UPDATE_ROLLBACK_COMPLETE', '1'),
    },
  },
  {
    name: 'cloudformation-failed-without-role',
    shows:
      'the same where the stack stores no role: Lastgood would need every permission, so a person is named',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { role: null });
      shop.update({ code: FAULTY, disableRollback: true, more: [failing('no room')] });
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /stores no service role/ },
  },
  {
    name: 'cloudformation-failed-in-express-mode',
    shows: 'an update in express mode failed: CloudFormation refuses to roll it back, and it ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.update({ code: FAULTY, mode: 'EXPRESS', more: [failing('no room')] });
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /express mode/ },
  },
];
