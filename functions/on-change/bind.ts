import { handlerOf } from '../../src/lambda/handler.ts';
import { createChanges, createStacks } from '../../src/ledger/dynamodb.ts';
import { onChange } from './on-change.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import type { LambdaHandler } from '../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  const { setting } = surroundings;
  const tables = tablesOf(surroundings);

  const table = setting('LEDGER_TABLE');
  return handlerOf(onChange(createChanges(tables, table), createStacks(tables, table)));
}
