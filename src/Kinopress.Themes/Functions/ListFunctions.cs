using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>What a template may do with a list. They read finished lists only: an endless range is no list.</summary>
internal static class ListFunctions
{
    public static ScriptObject Create()
    {
        var functions = new ScriptObject
        {
            ["size"] = new ThemeFunction(1, 0, call => List(call).Count),
            ["first"] = new ThemeFunction(1, 0, call => List(call) is [var first, ..] ? first : null),
            ["last"] = new ThemeFunction(1, 0, call => List(call) is [.., var last] ? last : null),
            ["limit"] = new ThemeFunction(2, 0, call => new ScriptArray(List(call).AsEnumerable().Take(Count(call)))),
            ["offset"] = new ThemeFunction(2, 0, call => new ScriptArray(List(call).AsEnumerable().Skip(Count(call)))),
            ["reverse"] = new ThemeFunction(1, 0, call => new ScriptArray(List(call).AsEnumerable().Reverse())),
            ["contains"] = new ThemeFunction(2, 0, call => List(call).Contains(call.Value(1))),
            ["join"] = new ThemeFunction(2, 0, Join),
        };
        functions.IsReadOnly = true;
        return functions;
    }

    private static ScriptArray List(FunctionCall call) => call.Value(0) switch
    {
        ScriptArray list => list,
        null => [],
        _ => throw new FunctionException("This function needs a list."),
    };

    private static int Count(FunctionCall call) => (int)Math.Clamp(call.WholeNumber(1) ?? 0, 0, int.MaxValue);

    private static string Join(FunctionCall call)
    {
        var list = List(call);
        var separator = call.Text(1);
        var length = 0L;
        var texts = new List<string>(list.Count);
        foreach (var item in list)
        {
            var text = call.Print(item);
            length += text.Length + separator.Length;
            if (length > call.Options.MaxTextCharacters)
            {
                throw new LimitException("The template builds a value that is too large.");
            }

            texts.Add(text);
        }

        return string.Join(separator, texts);
    }
}
