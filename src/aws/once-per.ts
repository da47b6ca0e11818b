/** Makes one of a thing for each sweep, however many targets need it: a sweep costs per page of AWS's answer, not per target. */
export function oncePer<T>(make: () => T): (sweep: object) => T {
  const made = new WeakMap<object, { readonly one: T }>();
  return (sweep) => {
    const { one } = made.get(sweep) ?? { one: make() };
    made.set(sweep, { one });
    return one;
  };
}
