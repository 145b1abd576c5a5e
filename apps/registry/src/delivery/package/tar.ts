const BLOCK = 512;
const MODE = '0000644';

/** A file of a tar archive (POSIX ustar): its header, its content and what fills the last block. */
export function tarEntry(name: string, content: Uint8Array, madeAt: Date): Uint8Array[] {
  const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [header(name, content.length, madeAt), content, new Uint8Array(padding)];
}

/** What an archive ends with. */
export const TAR_END = new Uint8Array(2 * BLOCK);

function header(name: string, size: number, madeAt: Date): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'ascii');
  block.write(`${MODE}\0`, 100, 'ascii');
  block.write('0000000\0', 108, 'ascii');
  block.write('0000000\0', 116, 'ascii');
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'ascii');
  block.write(
    `${Math.floor(madeAt.getTime() / 1_000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
    'ascii',
  );
  // The checksum is taken with spaces in its own place.
  block.write('        ', 148, 'ascii');
  block.write('0', 156, 'ascii');
  block.write('ustar\x0000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}
