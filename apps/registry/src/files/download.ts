import { StreamableFile } from '@nestjs/common';
import { foldVietnamese } from '#libs/http';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** How a file is described in the API's documentation. */
export const FILE = { schema: { type: 'string', format: 'binary' } };

/** A file that a browser saves under a Vietnamese name. */
export function download(content: Buffer, type: string, name: string): StreamableFile {
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
