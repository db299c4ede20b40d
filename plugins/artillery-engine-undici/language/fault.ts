/** What kind of thing a step of a journey got wrong. Match on this, never on the text of the message. */
export type LanguageFaultKind =
  | 'think-time'
  | 'think-jitter'
  | 'template-call'
  | 'template-endless'
  | 'header-null'
  | 'body';

/**
 * A step that cannot be carried out as it is written. It is thrown when the step runs, as Artillery does: it fails the
 * virtual user, and its message becomes the name of the error in the report. It has no `code`, because Artillery would
 * count it by that instead of by its message.
 */
export class LanguageFault extends Error {
  override readonly name = 'LanguageFault';
  readonly kind: LanguageFaultKind;

  constructor(kind: LanguageFaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
