import { AwsError } from '../../world/service.ts';
import { conditionOf } from './condition.ts';
import { Partitions } from './partitions.ts';
import type { Given } from './operand.ts';
import { InvalidUpdate, updateOf } from './update.ts';
import { comparedText, copied, type Item } from './value.ts';

/** The supported part of CreateTable's input. All keys are text. */
export interface Schema {
  readonly TableName: string;
  readonly KeySchema: readonly KeyPart[];
  readonly LocalSecondaryIndexes?: readonly IndexSchema[];
  readonly GlobalSecondaryIndexes?: readonly IndexSchema[];
}

interface KeyPart {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

interface IndexSchema {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyPart[];
  readonly Projection: { readonly ProjectionType: 'ALL' | 'KEYS_ONLY' };
}

export interface Selection extends Given {
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

export interface Page {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
}

/** A sort order of the items that have its keys: the table's own, or an index's. */
interface Order {
  readonly keys: readonly string[];
  /** Its keys, and then those of the table: no two items have the same. */
  readonly allKeys: readonly string[];
  readonly isWhole: boolean;
  readonly partitions: Partitions;
}

/** The items of one table. Results are copies. */
export class Table {
  readonly #keys: readonly string[];
  readonly #own: Order;
  readonly #indexes: ReadonlyMap<string, Order>;
  readonly #items = new Map<string, Item>();

  constructor({ KeySchema, LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] }: Schema) {
    this.#keys = namesOf(KeySchema);
    this.#own = orderBy(KeySchema, this.#keys, true);
    this.#indexes = new Map(
      [...LocalSecondaryIndexes, ...GlobalSecondaryIndexes].map((index) => [
        index.IndexName,
        orderBy(index.KeySchema, this.#keys, index.Projection.ProjectionType === 'ALL'),
      ]),
    );
  }

  get(key: Item): Item | undefined {
    const found = this.#items.get(this.#place(key));
    return found === undefined ? undefined : (copied(found) as Item);
  }

  /** @throws AwsError when the condition fails */
  update(key: Item, expression: string | undefined, condition: string | undefined, given: Given): void {
    const place = this.#place(key);
    const before = this.#items.get(place);
    refuseUnless(condition, before ?? {}, given);
    try {
      const start = before ?? (copied(key) as Item);
      this.#keep(place, expression === undefined ? start : updateOf(expression)(start, given));
    } catch (error) {
      if (error instanceof InvalidUpdate) throw new AwsError('ValidationException', error.message);
      throw error;
    }
  }

  put(item: Item, condition: string | undefined, given: Given): void {
    const place = this.#place(item);
    refuseUnless(condition, this.#items.get(place) ?? {}, given);
    this.#keep(place, copied(item) as Item);
  }

  delete(key: Item, condition: string | undefined, given: Given): void {
    const place = this.#place(key);
    refuseUnless(condition, this.#items.get(place) ?? {}, given);
    this.#keep(place, undefined);
  }

  /** Runs a query, or a scan without a key condition. A page's only limit is the requested one. */
  select(selection: Selection): Page {
    const order = this.#orderOf(selection.IndexName);
    const matching = this.#matching(order, selection);
    const from = selection.ExclusiveStartKey;
    const first =
      from === undefined ? 0 : matching.findIndex((item) => this.#isAfter(item, from, order, selection));
    const rest = first < 0 ? [] : matching.slice(first);
    const read = rest.slice(0, selection.Limit ?? rest.length);
    const filter = selection.FilterExpression;
    const kept = filter === undefined ? read : read.filter((item) => conditionOf(filter)(item, selection));
    const last = read.length === selection.Limit ? read.at(-1) : undefined;
    return {
      Items: kept.map((item) => copied(this.#projected(item, order, selection)) as Item),
      Count: kept.length,
      ScannedCount: read.length,
      ...(last !== undefined && { LastEvaluatedKey: only(last, order.allKeys) }),
    };
  }

  /** Replaces an item; undefined deletes it. */
  #keep(place: string, item: Item | undefined): void {
    for (const { partitions } of [this.#own, ...this.#indexes.values()])
      partitions.replace(place, this.#items.get(place), item);
    if (item === undefined) this.#items.delete(place);
    else this.#items.set(place, item);
  }

  #matching(
    order: Order,
    { KeyConditionExpression: condition, ScanIndexForward = true, ...given }: Selection,
  ) {
    const found: Item[] = [];
    const among = order.partitions.asked(condition, given) ?? this.#items.values();
    for (const item of among) {
      if (!order.keys.every((name) => typeof item[name] === 'string')) continue;
      if (condition === undefined || conditionOf(condition)(item, given)) found.push(item);
    }
    const sign = ScanIndexForward ? 1 : -1;
    return found.sort((one, other) => sign * this.#compare(one, other, order));
  }

  #isAfter(item: Item, from: Item, order: Order, { ScanIndexForward = true }: Selection): boolean {
    return (ScanIndexForward ? 1 : -1) * this.#compare(item, from, order) > 0;
  }

  #compare(one: Item, other: Item, order: Order): number {
    for (const name of order.allKeys) {
      const result = comparedText(one[name] as string, other[name] as string);
      if (result !== 0) return result;
    }
    return 0;
  }

  #projected(item: Item, order: Order, { ProjectionExpression: names, ...given }: Selection): Item {
    const whole = order.isWhole ? item : only(item, order.allKeys);
    if (names === undefined) return whole;
    const wanted = names.split(',').map((name) => name.trim());
    const aliases = given.ExpressionAttributeNames ?? {};
    return only(
      whole,
      wanted.map((name) => aliases[name] ?? name),
    );
  }

  #orderOf(index: string | undefined): Order {
    if (index === undefined) return this.#own;
    const found = this.#indexes.get(index);
    if (found === undefined)
      throw new AwsError('ValidationException', `The table does not have the specified index: ${index}`);
    return found;
  }

  #place(key: Item): string {
    const values = this.#keys.map((name) => key[name]);
    if (!values.every((value) => typeof value === 'string' && value !== ''))
      throw new AwsError('ValidationException', 'The provided key element does not match the schema');
    return JSON.stringify(values);
  }
}

function namesOf(parts: readonly KeyPart[]): readonly string[] {
  return [...parts]
    .sort((one) => (one.KeyType === 'HASH' ? -1 : 1))
    .map(({ AttributeName }) => AttributeName);
}

function orderBy(schema: readonly KeyPart[], own: readonly string[], isWhole: boolean): Order {
  const keys = namesOf(schema);
  const allKeys = [...keys, ...own.filter((name) => !keys.includes(name))];
  return { keys, allKeys, isWhole, partitions: new Partitions(keys[0] ?? '') };
}

function only(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(
    names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]] as const])),
  );
}

function refuseUnless(condition: string | undefined, item: Item, given: Given): void {
  if (condition !== undefined && !conditionOf(condition)(item, given))
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
}
