/** Of one address, which may be a school's router when everybody comes back at once. */
const OF_ONE_ADDRESS = 3_000;

/**
 * Connections whose other end has not said yet what it wants. Where one address has too many the oldest goes, not the
 * newest: a seat speaks within a second, so it is whoever says nothing that goes.
 */
export function createStrangers<One>(sendOff: (one: One) => void, ofOneAddress = OF_ONE_ADDRESS) {
  const addresses = new Map<One, string>();
  const from = new Map<string, Set<One>>();

  function went(one: One): void {
    const address = addresses.get(one);
    if (address === undefined) return;
    addresses.delete(one);
    const here = from.get(address);
    here?.delete(one);
    if (here?.size === 0) from.delete(address);
  }

  return {
    count: (): number => addresses.size,
    came(one: One, address: string): void {
      addresses.set(one, address);
      const here = from.get(address) ?? new Set();
      from.set(address, here.add(one));
      const [oldest] = here;
      if (here.size <= ofOneAddress || oldest === undefined) return;
      went(oldest);
      sendOff(oldest);
    },
    /** It has spoken, or is gone; whichever comes first counts. */
    went,
  };
}
