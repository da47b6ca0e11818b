import { AwsError } from '../../world/service.ts';
import type { Given } from './operand.ts';
import { Table, type Schema, type Selection } from './table.ts';
import { copied, type Item } from './value.ts';

/** Inputs and outputs of the document client's commands, in plain values. */
interface Input extends Selection {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
}

type Run = (table: Table, input: Input) => object;

const OPERATIONS: Readonly<Record<string, Run>> = {
  GetItem: (table, { Key = {} }) => {
    const item = table.get(Key);
    return item === undefined ? {} : { Item: item };
  },
  UpdateItem: (table, { Key = {}, UpdateExpression, ConditionExpression, ...given }) => {
    table.update(Key, UpdateExpression, ConditionExpression, copiedValues(given));
    return {};
  },
  PutItem: (table, { Item: item = {}, ConditionExpression, ...given }) => {
    table.put(item, ConditionExpression, copiedValues(given));
    return {};
  },
  DeleteItem: (table, { Key = {}, ConditionExpression, ...given }) => {
    table.delete(Key, ConditionExpression, copiedValues(given));
    return {};
  },
  Query: (table, selection) => table.select({ ...selection, ...copiedValues(selection) }),
  Scan: (table, selection) => table.select({ ...selection, ...copiedValues(selection) }),
};

/** The supported parameters of each call: a parameter that changes the answer must not be ignored. */
const KNOWN = new Set([
  'TableName',
  'Key',
  'Item',
  'UpdateExpression',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ConsistentRead',
  'IndexName',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
  'ScanIndexForward',
  'Limit',
  'ExclusiveStartKey',
]);

/** Names of the operations of DynamoDB in memory. */
export const MODELLED_OPERATIONS: readonly string[] = Object.keys(OPERATIONS);

/**
 * Simulates Amazon DynamoDB in memory: the operations and expressions that Lastgood uses. Reads are always consistent.
 */
export class MemoryTables {
  readonly #tables: ReadonlyMap<string, Table>;

  /** @param schemas inputs of CreateTable */
  constructor(schemas: readonly Readonly<Record<string, unknown>>[]) {
    const all = schemas as unknown as readonly Schema[];
    this.#tables = new Map(all.map((schema) => [schema.TableName, new Table(schema)]));
  }

  /** Returns all items of all tables. */
  items(): readonly Item[] {
    return [...this.#tables.values()].flatMap((table) => table.select({}).Items);
  }

  /**
   * @throws AwsError like DynamoDB
   * @throws Error on an unsupported input
   */
  run(operation: string, input: Readonly<Record<string, unknown>>): object {
    const run = OPERATIONS[operation];
    if (run === undefined) throw new Error(`DynamoDB's ${operation} is not modelled in memory`);
    const other = Object.keys(input).find((name) => input[name] !== undefined && !KNOWN.has(name));
    if (other !== undefined) throw new Error(`${other} of ${operation} is not modelled in memory`);
    const table = this.#tables.get(String(input['TableName']));
    if (table === undefined) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return run(table, input as unknown as Input);
  }
}

function copiedValues({ ExpressionAttributeNames, ExpressionAttributeValues }: Given): Given {
  return {
    ExpressionAttributeNames,
    ExpressionAttributeValues:
      ExpressionAttributeValues === undefined
        ? undefined
        : (copied(ExpressionAttributeValues) as Readonly<Record<string, unknown>>),
  };
}
