import { kinds, ListField, ObjectField, UuidField } from '#libs/http';
import { DirectiveView } from '../directives/directive.view.js';

/** What became of an accepted draft. */
export class AcceptedDraftView {
  @UuidField({ description: 'Identifier of the directive' })
  id: string;

  @ObjectField(() => DirectiveView, { description: 'The directive' })
  directive: DirectiveView;

  @ListField(kinds.uuid(), { description: 'Identifiers of its tasks, in the order of the draft', max: 500 })
  taskIds: string[];
}
