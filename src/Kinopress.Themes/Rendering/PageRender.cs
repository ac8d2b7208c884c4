using Kinopress.Themes.Functions;
using Kinopress.Themes.Locales;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Kinopress.Themes.Rendering;

/// <summary>The making of one page: tries with all layers, and again without each file that fails.</summary>
internal sealed class PageRender
{
    private const int MaxFailures = 8;
    private const int PassesOfOutput = 4;
    private const int StepsBetweenClockReadings = 128;

    private readonly TemplateStore _templates;
    private readonly ThemeContext _context;
    private readonly ScriptObject _drops;
    private readonly List<ThemeProblem> _problems = [];
    private readonly HashSet<TemplateFile> _failed = [];
    private readonly Stack<SandboxContext> _idle = new();
    private long _startedAt;
    private int _steps;
    private long _printed;
    private int _depth;

    public PageRender(
        ThemeEngineOptions options,
        TemplateStore templates,
        FunctionLibrary functions,
        Locale locale,
        ThemeContext context,
        CancellationToken cancellationToken)
    {
        Options = options;
        Functions = functions.Names;
        Locale = locale;
        CancellationToken = cancellationToken;
        _templates = templates;
        _context = context;
        _drops = ToGlobals(context, locale);
    }

    public ThemeEngineOptions Options { get; }

    public ScriptObject Functions { get; }

    public Locale Locale { get; }

    public CancellationToken CancellationToken { get; }

    public ThemePage Run(string template)
    {
        while (true)
        {
            try
            {
                return new ThemePage(TryOnce(template), _problems);
            }
            catch (TemplateFailure failure)
            {
                CancellationToken.ThrowIfCancellationRequested();
                PassOver(failure, template);
            }
        }
    }

    public SafeHtml RenderPartial(string path, ScriptObject? arguments)
    {
        if (_depth >= Options.RecursionLimit)
        {
            throw new LimitException($"Partials are nested deeper than {Options.RecursionLimit}.");
        }

        return SafeHtml.FromTrusted(RenderFile(path, arguments));
    }

    public void CountStep()
    {
        if (++_steps > Options.StepLimit)
        {
            throw new LimitException($"The page takes more than {Options.StepLimit} steps.");
        }

        if (_steps % StepsBetweenClockReadings != 0)
        {
            return;
        }

        CancellationToken.ThrowIfCancellationRequested();
        if (Options.Clock.GetElapsedTime(_startedAt) > Options.Deadline)
        {
            throw new LimitException($"The page takes longer than {Options.Deadline.TotalMilliseconds:0} ms.");
        }
    }

    /// <summary>Counts what all files print, captures and partials included, however often it is then passed on.</summary>
    public void CountPrinted(int characters)
    {
        _printed += characters;
        if (_printed > PassesOfOutput * (long)Options.MaxOutputCharacters)
        {
            throw new LimitException($"The page prints more than {Options.MaxOutputCharacters} characters.");
        }
    }

    private static ScriptObject ToGlobals(ThemeContext context, Locale locale)
    {
        var globals = new ScriptObject();
        foreach (var (name, value) in context.Drops)
        {
            globals[name] = Drop.ToTemplateValue(name, value);
        }

        globals["locale"] = locale.Drop.Freeze();
        globals.IsReadOnly = true;
        return globals;
    }

    private string TryOnce(string template)
    {
        _steps = 0;
        _printed = 0;
        _depth = 0;
        _startedAt = Options.Clock.GetTimestamp();

        var content = RenderFile($"templates/{template}.html", arguments: null);
        if (_context.Layout is not { } layout)
        {
            return content;
        }

        return RenderFile($"layouts/{layout}.html", new ScriptObject { ["content"] = SafeHtml.FromTrusted(content) });
    }

    private string RenderFile(string path, ScriptObject? arguments)
    {
        var file = Resolve(path);
        var sandbox = _idle.TryPop(out var idle) ? idle : new SandboxContext(this);
        _depth++;
        try
        {
            var page = file.Template!.Page!; // Resolve gives parsed files only
            var text = sandbox.Run(path, page, _drops, arguments);
            _idle.Push(sandbox);
            return text;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Blame(file, exception);
        }
        finally
        {
            _depth--;
        }
    }

    private TemplateFile Resolve(string path)
    {
        var now = Options.Clock.GetUtcNow();
        var first = _failed.Count >= MaxFailures ? _templates.LayerCount - 1 : 0;
        for (var layer = first; layer < _templates.LayerCount; layer++)
        {
            if (_templates.Find(layer, path) is not { } file || _failed.Contains(file))
            {
                continue;
            }

            if (file.Template is not null && !file.IsSetAside(now))
            {
                return file;
            }

            Note(file.Problem);
        }

        throw new TemplateFailure(file: null, line: 0, $"There is no usable file '{path}'.", isLimit: false);
    }

    /// <summary>The innermost file failed; but when that is a built-in one, whoever called it with wrong values did.</summary>
    private static TemplateFailure Blame(TemplateFile file, Exception exception)
    {
        var line = exception is ScriptRuntimeException runtime ? runtime.Span.Start.Line + 1 : 0;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TemplateFailure inner)
            {
                var isInnersFault = inner.File is { IsLastLayer: false } || (inner.File is not null && file.IsLastLayer);
                return isInnersFault ? inner : new TemplateFailure(file, line, inner.Message, inner.IsLimit, exception);
            }

            if (cause is LimitException or FunctionException)
            {
                return new TemplateFailure(file, line, cause.Message, cause is LimitException, exception);
            }
        }

        var message = exception is ScriptRuntimeException known ? known.OriginalMessage : exception.Message;
        return new TemplateFailure(file, line, message, isLimit: false, exception);
    }

    private void PassOver(TemplateFailure failure, string template)
    {
        var problem = new ThemeProblem(
            failure.File?.Layer ?? "all", failure.File?.Path ?? $"templates/{template}.html", failure.Line, failure.Message);
        Note(problem);
        Options.OnProblem?.Invoke(problem);
        if (failure.File is not { IsLastLayer: false } file)
        {
            throw new ThemeRenderException($"The page '{template}' could not be made: {problem}", _problems, failure);
        }

        _failed.Add(file);
        var tookLong = Options.Clock.GetElapsedTime(_startedAt) > Options.Deadline / 10;
        if (failure.IsLimit || tookLong)
        {
            file.SetAside(problem, Options.Clock.GetUtcNow() + Options.SetAsideFor);
        }
    }

    private void Note(ThemeProblem? problem)
    {
        if (problem is not null && !_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }
}
