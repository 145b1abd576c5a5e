import type { Session } from '../session/session.js';
import type { Language } from '../words/language.js';

/** What the API says when it refuses (RFC 9457). */
interface ProblemDocument {
  title: string;
  detail: string;
  /** Wrong fields, each with what is wrong. */
  errors: { message: string }[];
}

/** Why the API did not answer what was asked; its words come in the person's language. */
export class ApiFailure extends Error {
  constructor(
    /** HTTP status; 0: the API was not reached. */
    readonly status: number,
    readonly title: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** The registry's API, asked by the person who is logged in. */
export class LogApi {
  constructor(
    private readonly session: Session,
    private readonly language: Language,
  ) {}

  async read<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await (await this.ask(path, signal)).json()) as T;
  }

  /** Saves an answer as a file, byte for byte. */
  async save(path: string, name: string): Promise<void> {
    const content = await (await this.ask(path)).blob();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  private async ask(path: string, signal?: AbortSignal): Promise<Response> {
    const headers = { authorization: `Bearer ${this.session.token}`, 'accept-language': this.language };
    const answer = await fetch(`../v1/${path}`, { headers, signal }).catch((error: unknown) => {
      throw signal?.aborted ? error : new ApiFailure(0, '', '');
    });
    if (answer.ok) return answer;
    if (answer.status === 401) await this.session.end();
    const problem = (await answer.json().catch(() => ({}))) as Partial<ProblemDocument>;
    const { title = `HTTP ${answer.status}`, detail = '', errors = [] } = problem;
    const said = errors.length === 0 ? detail : errors.map(({ message }) => message).join(' ');
    throw new ApiFailure(answer.status, title, said);
  }
}
