using Scriban.Functions;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>Every function a template may call: this list is the whole of it.</summary>
internal sealed class FunctionLibrary
{
    private static readonly string[] StringNames =
    [
        "append", "capitalize", "capitalizewords", "contains", "downcase", "empty", "ends_with", "equals_ignore_case", "handleize",
        "index_of", "lstrip", "prepend", "rstrip", "size", "slice", "starts_with", "strip", "strip_newlines", "to_int",
        "truncate", "truncatewords", "upcase", "whitespace",
    ];

    private static readonly string[] MathNames =
        ["abs", "ceil", "divided_by", "floor", "is_number", "minus", "modulo", "plus", "round", "times"];

    private static readonly string[] ObjectNames = ["default", "has_key", "size"];

    public FunctionLibrary()
    {
        Names["string"] = Pick(new StringFunctions(), StringNames);
        Names["math"] = Pick(new MathFunctions(), MathNames);
        Names["object"] = Pick(new ObjectFunctions(), ObjectNames);
        Names["array"] = ListFunctions.Create();

        Add("asset_url", 1, 0, call => call.Options.AssetUrl(call.Text(0)));
        Add("platform_asset_url", 1, 0, call => call.Options.PlatformAssetUrl(call.Text(0)));
        Add("url", 1, 0, call => Rendering.UrlPolicy.Check(call.Text(0)));
        Add("t", 1, 1, WordFunctions.Say);
        Add("time_ago", 1, 0, WordFunctions.SayAge);
        Add("date", 1, 1, WordFunctions.SayDate);
        Add("duration", 1, 0, call => call.WholeNumber(0) is { } milliseconds ? Durations.ToClock(milliseconds) : null);
        Add("duration_iso", 1, 0, call => call.WholeNumber(0) is { } milliseconds ? Durations.ToIso(milliseconds) : null);
        Add("compact", 1, 0, NumberFunctions.Compact);
        Add("bytes", 1, 0, NumberFunctions.SayBytes);
        Add("excerpt", 1, 1, TextFunctions.Excerpt);
        Add("linkify", 1, 1, call => TextFunctions.Linkify(call.Text(0), call.WholeNumber(1) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null));
        Add("icon", 1, 0, MarkupFunctions.Icon);
        Add("json", 1, 0, call => JsonFunction.Print(call.Value(0)));
        Add("partial", 1, 1, MarkupFunctions.Partial);
        Add("pagination", 1, 1, MarkupFunctions.Pagination);
        Add("player", 1, 1, PlayerFunction.Print);
        Add("live_chat", 1, 1, LiveChatFunction.Print);
        Names.IsReadOnly = true;
    }

    /// <summary>Shared by all renders and read-only.</summary>
    public ScriptObject Names { get; } = [];

    private static ScriptObject Pick(ScriptObject all, IEnumerable<string> names)
    {
        var picked = new ScriptObject();
        foreach (var name in names)
        {
            picked[name] = all[name];
        }

        picked.IsReadOnly = true;
        return picked;
    }

    private void Add(string name, int required, int optional, Func<FunctionCall, object?> body) =>
        Names[name] = new ThemeFunction(required, optional, body);
}
