import { CodeField, CursorQuery } from '#libs/http';
import { RECIPIENT } from './encryption.js';

export class AskPackageBody {
  @CodeField(RECIPIENT, {
    description:
      'Public key for which the package is encrypted: an age recipient (age-keygen makes the pair)',
    example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  })
  recipient: string;
}

export class ListPackagesQuery extends CursorQuery {}
