import type { Mode } from '../../operation-caller.ts';
import type { CompanyRecord, EventRecord, HookRecord } from './records.ts';
import { watches } from './scopes.ts';
import type { WebhookSender } from './webhook-sender.ts';
import type { Records } from './world.ts';

/** Something that happened, which its owner is told. */
export interface Announcement {
  readonly company: CompanyRecord;
  readonly mode: Mode;
  /** As topics spell it: `mail_hooks`. */
  readonly resource: string;
  readonly action: string;
  readonly payload: unknown;
}

/**
 * Tells what happened: over MQTT always, by webhooks and mails where hooks watch for it (S1SEVEN API
 * information, "Events").
 */
export class Announcer {
  readonly #records: Records;
  readonly #publish: (topic: string, payload: string) => void;
  readonly #sender: WebhookSender;

  constructor(
    records: Records,
    publish: (topic: string, payload: string) => void,
    sender: WebhookSender,
  ) {
    this.#records = records;
    this.#publish = publish;
    this.#sender = sender;
  }

  /** Tells the company, and the user who owns it (assumed), and every hook that watches. */
  announce(announcement: Announcement): void {
    this.#toBroker(announcement);
    this.#toHooks(announcement);
    this.#toMailhooks(announcement);
  }

  /** Sends a webhook, for the first time or again, and notes how it went. */
  deliver(event: EventRecord, hook: HookRecord): void {
    this.#sender.send(hook, event, (deliveryError) => {
      const current = this.#records.events.find(event.id) ?? event;
      const delivered = deliveryError === undefined;
      this.#records.events.update({ ...current, deliveryError }, { delivered });
    });
  }

  #toBroker({ company, mode, resource, action, payload }: Announcement): void {
    const text = JSON.stringify(payload);
    this.#publish(`company/${company.id}/${mode}/${resource}/${action}`, text);
    this.#publish(`user/${company.owner}/${mode}/${resource}/${action}`, text);
  }

  #toHooks({ company, resource, action, payload }: Announcement): void {
    const { hooks, events } = this.#records;
    for (const hook of hooks.all) {
      if (hook.owner !== company.id || hook.status !== 'enabled') continue;
      if (!watches(hook.scopes, resource, action)) continue;
      const owner = company.id;
      const event = events.add({
        resource,
        action,
        payload,
        delivered: false,
        hook: hook.id,
        owner,
      });
      this.deliver(event, hook);
    }
  }

  /** No mail leaves the emulator: it is kept as sent. */
  #toMailhooks({ company, resource, action, payload }: Announcement): void {
    const { mailhooks, mails, users } = this.#records;
    for (const mailhook of mailhooks.all) {
      if (mailhook.owner !== company.id || mailhook.status !== 'enabled') continue;
      if (!watches(mailhook.scopes, resource, action)) continue;
      mails.add({
        resource,
        action,
        to: company.emails.length > 0 ? company.emails : [users.get(company.owner).email],
        from: 'no-reply@s1seven.example',
        subject: `${resource} ${action}`,
        content: [{ value: JSON.stringify(payload), type: 'text/plain' }],
        delivered: true,
        hook: mailhook.id,
        owner: company.id,
      });
    }
  }
}
