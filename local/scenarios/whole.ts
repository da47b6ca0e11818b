/**
 * Returns a whole behaviour. One that lacks nothing is passed on as the object that it is, because its answers may
 * change with time.
 * @param given differences from a good one
 */
export function whole<Of extends object>(good: Of, given: Partial<Of>): Of {
  return isWhole(good, given) ? given : { ...good, ...given };
}

function isWhole<Of extends object>(good: Of, given: Partial<Of>): given is Of {
  return Object.keys(good).every((key) => key in given);
}
