import { TextField } from '#libs/http';

export class CancelBody {
  @TextField({ description: 'Ground', max: 4_000, multiline: true })
  ground: string;
}
