import type { Transporter } from 'nodemailer';
import { type Carrier, type Consignment, PermanentFailure } from './carrier.js';

const TIMEOUT_MILLISECONDS = 10_000;
const MOST_CONNECTIONS = 3;

/**
 * Carries notices by e-mail. A crash after the server took the mail and before that was noted makes it go out again
 * after the restart: SMTP has no way to ask. Every try carries the same Message-ID, by which mail servers and readers
 * drop the second one.
 */
export class MailCarrier implements Carrier {
  private transport: Promise<Transporter> | undefined;

  /** @param url `smtp://user:password@host:port`, or smtps; @param from plain address */
  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {}

  async carry({ id, address, notice }: Consignment): Promise<void> {
    this.transport ??= this.open();
    const transport = await this.transport;
    try {
      await transport.sendMail({
        from: this.from,
        to: address,
        subject: notice.title,
        text: notice.text,
        date: notice.givenAt,
        messageId: `<${id}@${this.from.slice(this.from.indexOf('@') + 1)}>`,
        // RFC 3834: no automatic answers to this, please.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw isFinal(error) ? new PermanentFailure((error as Error).message) : error;
    }
  }

  async close(): Promise<void> {
    (await this.transport)?.close();
  }

  /** Loaded at the first mail, not at the start: most installations send none. */
  private async open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: this.url,
      pool: true,
      maxConnections: MOST_CONNECTIONS,
      // Whether a mail is tried again, and when, is the delivery book's business.
      maxRequeues: 0,
      connectionTimeout: TIMEOUT_MILLISECONDS,
      greetingTimeout: TIMEOUT_MILLISECONDS,
      socketTimeout: TIMEOUT_MILLISECONDS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}

/** A reply 5yz to the recipient or the content (RFC 5321, 4.2.1); a refused login is the administrator's to repair. */
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command ?? '');
}
