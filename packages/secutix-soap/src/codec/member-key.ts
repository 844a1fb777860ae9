/**
 * Sets a member of an object that holds what the vendor sent. `__proto__` becomes a member like any
 * other, and not the object's prototype.
 */
export function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    object[key] = value;
  }
}

/** A name with its namespace, where the local name alone would not tell it from another. */
export function fullName(namespace: string, localName: string): string {
  return `{${namespace}}${localName}`;
}

/**
 * The members for names in one place: their local names, or the {@link fullName} of each that comes
 * after another of the same local name.
 */
export function memberKeys(
  names: readonly { readonly name: string; readonly namespace: string }[],
): string[] {
  const taken = new Map<string, string>();
  return names.map(({ name, namespace }) => {
    const first = taken.get(name) ?? namespace;
    taken.set(name, first);
    return first === namespace ? name : fullName(namespace, name);
  });
}
