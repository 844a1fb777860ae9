/** A rule that the emulator keeps, and where it is known from. */
export interface EmulatedBehaviour {
  /** What the emulator does. */
  readonly rule: string;
  /** Whether the vendor's public texts say it, or the emulator's authors chose it. */
  readonly basis: 'documented' | 'assumed';
  /** The text, or the reason. */
  readonly source: string;
}

/** A rule that the vendor's public texts say. */
export function documented(rule: string, source: string): EmulatedBehaviour {
  return { rule, basis: 'documented', source };
}

/** A rule that the emulator's authors chose. */
export function assumed(rule: string, source: string): EmulatedBehaviour {
  return { rule, basis: 'assumed', source };
}
