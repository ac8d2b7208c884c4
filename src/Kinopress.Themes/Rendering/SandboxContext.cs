using System.Numerics;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kinopress.Themes.Rendering;

/// <summary>What one template file runs in: it sees drops and our functions, encodes what it prints and stays in its limits.</summary>
internal sealed class SandboxContext : TemplateContext
{
    private const int LongestNumberInBits = 128;

    private readonly PageRender _render;
    private readonly PageOutput _output;

    public SandboxContext(PageRender render)
        : base(render.Functions)
    {
        _render = render;
        _output = new PageOutput(render.Options.MaxOutputCharacters);
        var options = render.Options;
        LoopLimit = options.LoopLimit;
        RecursiveLimit = options.RecursionLimit;
        ObjectRecursionLimit = 8;
        LimitToString = options.MaxTextCharacters;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OutputLimit = int.MaxValue; // counted by us, over all files of the page
        MemberFilter = static _ => false;
        EnableRelaxedMemberAccess = true;
        EnableRelaxedTargetAccess = true;
        EnableRelaxedIndexerAccess = true;
        AutoIndent = false;
        CancellationToken = render.CancellationToken;
    }

    public PageRender Render => _render;

    /// <summary>Runs one file from nothing. After an exception the context is spent.</summary>
    public string Run(string path, ScriptPage page, ScriptObject drops, ScriptObject? arguments)
    {
        PushOutput(_output);
        PushSourceFile(path);
        PushGlobal(drops);
        PushGlobal(arguments is null ? new ScriptObject() : (ScriptObject)arguments.Clone(deep: false));
        PushLocal();

        Write(page.Span, Evaluate(page));

        PopLocal();
        PopGlobal();
        PopGlobal();
        PopSourceFile();
        PopOutput();
        return _output.TakeText();
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        _render.CountStep();
        if (scriptNode is ScriptRawStatement raw)
        {
            _render.CountPrinted(raw.Text.Length);
        }

        var value = base.Evaluate(scriptNode, aliasReturnedFunction);
        var isTooLarge = value switch
        {
            string text => text.Length > _render.Options.MaxTextCharacters,
            BigInteger number => number.GetBitLength() > LongestNumberInBits,
            _ => false,
        };
        return isTooLarge ? throw new LimitException("The template builds a value that is too large.") : value;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (textAsObject is null or IScriptCustomFunction)
        {
            return this;
        }

        var text = textAsObject is SafeHtml safe ? safe.Markup : EncodeForPlace(ObjectToString(textAsObject));
        _render.CountPrinted(text.Length);
        return Write(text);
    }

    public override string ObjectToString(object? value, bool nested = false) => value switch
    {
        null or IScriptCustomFunction => string.Empty,
        SafeHtml safe => safe.Markup,
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan duration => Functions.Durations.ToClock((long)duration.TotalMilliseconds),
        _ => base.ObjectToString(value, nested) ?? string.Empty,
    };

    protected override IObjectAccessor GetMemberAccessorImpl(object target) =>
        target is IScriptObject or string ? base.GetMemberAccessorImpl(target) ?? ClosedAccessor.Instance : ClosedAccessor.Instance;

    /// <summary>What goes into a capture is text: its place is known when it is printed in the end.</summary>
    private string EncodeForPlace(string text) => (Output == _output ? _output.FindPlace() : OutputPlace.Text) switch
    {
        OutputPlace.Address => HtmlText.Encode(UrlPolicy.Check(text)),
        OutputPlace.Unquoted => HtmlText.EncodeUnquoted(text),
        OutputPlace.UnquotedAddress => HtmlText.EncodeUnquoted(UrlPolicy.Check(text)),
        _ => HtmlText.Encode(text),
    };
}
