/**
 * One of the values that are known, or any other: the vendor may add some at any time (S1SEVEN API
 * information, "Breaking Change Policy").
 */
export type Open<Known extends string> = Known | (string & {});

/** Something that the vendor keeps. Fields that this package does not know are kept, too. */
export interface Entity {
  id: string;
  /** When it was made, as the vendor writes it. */
  createdAt?: string;
  /** When it was changed last, as the vendor writes it. */
  updatedAt?: string;
  [field: string]: unknown;
}

/** Something that belongs to another: the thing itself, or its id only. */
export type Related<Thing> = Thing | string;

/** Parameters of a list for which none are public. What is given is sent. */
export type ListQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** The parameters of a list that has none (OpenAPI 0.3.0 of 2021). Others are refused. */
export type NoQuery = Readonly<Record<string, never>>;
