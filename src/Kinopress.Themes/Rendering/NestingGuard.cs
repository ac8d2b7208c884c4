namespace Kinopress.Themes.Rendering;

/// <summary>
/// Refuses templates whose nesting would exhaust the stack while parsing or running. It counts generously in the text,
/// without parsing: no honest template comes near.
/// </summary>
internal static class NestingGuard
{
    private const int MaxBlockDepth = 64;
    private const int MaxCodeLength = 8_000;
    private const int MaxOperators = 400;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ';', '{', '}', '(', ')', '~', '-'];

    /// <returns>One-based line, or null when all is well.</returns>
    public static int? FindTooDeep(string text)
    {
        var line = 1;
        var depth = 0;
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                return null;
            }

            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            var code = text.AsSpan(open, (close < 0 ? text.Length : close) - open);
            line += text.AsSpan(position, open - position).Count('\n');
            depth = Math.Max(0, depth + CountBlocks(code));
            if (depth > MaxBlockDepth || code.Length > MaxCodeLength || CountOperators(code) > MaxOperators)
            {
                return line;
            }

            line += code.Count('\n');
            position = open + Math.Max(code.Length, 2);
        }

        return null;
    }

    private static int CountBlocks(ReadOnlySpan<char> code)
    {
        var change = 0;
        foreach (var word in code.ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            change += word switch
            {
                "if" or "for" or "while" or "func" or "case" or "capture" or "with" or "wrap" or "tablerow" or "do" => 1,
                "end" => -1,
                _ => 0,
            };
        }

        return change;
    }

    private static int CountOperators(ReadOnlySpan<char> code)
    {
        var count = 0;
        foreach (var c in code)
        {
            count += char.IsLetterOrDigit(c) || char.IsWhiteSpace(c) || c is '_' or '-' or '"' or ':' or ',' or ';' ? 0 : 1;
        }

        return count;
    }
}
