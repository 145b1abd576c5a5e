import { StreamableFile } from '@nestjs/common';
import { foldVietnamese } from '#libs/reference';

/** How the API document describes the bytes of a file. */
export const FILE_SCHEMA = { schema: { type: 'string', format: 'binary' } };

/** A file as an answer, saved under its Vietnamese name. */
export function fileAnswer(content: Buffer, type: string, name: string): StreamableFile {
  return new StreamableFile(content, { type, length: content.length, disposition: dispositionOf(name) });
}

/** RFC 6266 and 8187: the name as it is, and one in ASCII for clients that know no better. */
function dispositionOf(name: string): string {
  const ascii = foldVietnamese(name).replace(/[^a-z0-9.]+/g, '-');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
