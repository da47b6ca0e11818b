/**
 * Makes a value once per sweep and shares it between targets, so that a sweep costs per page of an answer, not per
 * target.
 */
export function oncePer<T>(make: () => T): (sweep: object) => T {
  const made = new WeakMap<object, { readonly one: T }>();
  return (sweep) => {
    const { one } = made.get(sweep) ?? { one: make() };
    made.set(sweep, { one });
    return one;
  };
}
