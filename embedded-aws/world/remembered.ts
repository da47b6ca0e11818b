/** Caches a value computed from an object, for as long as the object exists. The object must not change. */
export function remembered<Of extends WeakKey, Value extends object | string>(
  work: (of: Of) => Value,
): (of: Of) => Value {
  const known = new WeakMap<Of, Value>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const value = work(of);
    known.set(of, value);
    return value;
  };
}
