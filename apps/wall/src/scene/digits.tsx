/**
 * A text whose digits all stand on the same width, so that a running clock does not tremble and columns of numbers line
 * up. The bundled files of Be Vietnam Pro carry no tabular figures: `font-variant-numeric` alone does nothing.
 */
export function Digits({ text }: { text: string }) {
  return (
    <>
      {text.split(/(\d)/).map((part, index) =>
        // Every second part is a digit.
        index % 2 === 1 ? (
          <span key={index} className="digit">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}
