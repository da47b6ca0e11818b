/** Buckets by name: `burst` calls at once, refilled at `perSecond`. */
export type Buckets = Readonly<Record<string, readonly [burst: number, perSecond: number]>>;

/** The quotas of one AWS service, with the page that names them. */
export interface QuotasOfService<Of extends Buckets = Buckets> {
  /** The name in the credential scope of its calls: `ecs`, `monitoring`. */
  readonly service: string;
  readonly buckets: Of;
  /** Returns the bucket of an operation; null: Lastgood makes no such call, or its quota is too large to matter. */
  of(operation: string): (keyof Of & string) | null;
}

/** Types the quotas of a service by the names of its buckets. */
export function quotasOf<const Of extends Buckets>(quotas: QuotasOfService<Of>): QuotasOfService<Of> {
  return quotas;
}

/** Returns whether an operation only reads, by its name. */
export function isRead(operation: string): boolean {
  return /^(?:BatchGet|Describe|Get|List)/.test(operation);
}

/** Returns a lookup by the operation's name. */
export function byOperation<Name extends string>(
  names: Readonly<Record<string, Name>>,
): (operation: string) => Name | null {
  return (operation) => (Object.hasOwn(names, operation) ? (names[operation] ?? null) : null);
}
