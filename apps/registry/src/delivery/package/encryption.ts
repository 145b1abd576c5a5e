import { deliveryProblem } from '../problems.js';

/** An X25519 recipient of the age format, the kind that every release of the tool reads. */
export const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;

/** Loaded at the first package, not at the start. */
const load = () => import('age-encryption');

/** @throws problem `invalid-recipient` for one whose checksum is wrong */
export async function checkRecipient(recipient: string): Promise<void> {
  const { Encrypter } = await load();
  try {
    new Encrypter().addRecipient(recipient);
  } catch {
    throw deliveryProblem('invalid-recipient');
  }
}

/** The content in the age format (age-encryption.org/v1), readable with the recipient's private key alone. */
export async function encryptFor(
  recipient: string,
  content: AsyncGenerator<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await load();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const plain = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await content.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await content.return(undefined);
    },
  });
  return encrypter.encrypt(plain);
}
