/**
 * What produces events, by resource (S1SEVEN API information, "Async API", "Events"). The vendor
 * writes `mail_hooks` here and `mailhooks` in its scopes and paths.
 */
export const eventActions = {
  companies: ['update_one', 'delete_one'],
  applications: ['create_one', 'update_one', 'delete_one'],
  wallets: ['create_one', 'update_one', 'delete_one'],
  identities: ['create_one', 'update_one'],
  transactions: ['sign', 'send'],
  certificates: ['notarize_one', 'receive_one'],
  hooks: ['create_one', 'update_one', 'delete_one'],
  mail_hooks: ['create_one', 'update_one', 'delete_one'],
} as const;

/** The same as types: the actions of each resource. */
export type EventActions = {
  [Resource in keyof typeof eventActions]: (typeof eventActions)[Resource][number];
};

/** Any text, beside those that an editor should propose. */
type AnyText = string & Record<never, never>;

/** The resource of an event: one that is known, or another, since the vendor's list may grow. */
export type EventResource = keyof EventActions | AnyText;

/** The action of an event: one that is known, or another, since the vendor's list may grow. */
export type EventAction = EventActions[keyof EventActions] | AnyText;

/**
 * A resource and its action, or `+` for all. Events that the vendor added later can be received all the
 * same: with `+`, or with a cast.
 */
export type FilteredEvents =
  | {
      [Resource in keyof EventActions]: {
        readonly resource: Resource;
        readonly action: EventActions[Resource] | '+';
      };
    }[keyof EventActions]
  | { readonly resource: '+'; readonly action: EventActions[keyof EventActions] | '+' };
