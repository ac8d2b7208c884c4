using System.Collections.Concurrent;
using System.Text;
using Scriban;
using Scriban.Parsing;

namespace Kinopress.Themes.Rendering;

/// <summary>Parsed templates of all layers, each parsed once.</summary>
internal sealed class TemplateStore(IReadOnlyList<ThemeLayer> layers, ThemeEngineOptions options)
{
    private const int MaxRememberedPaths = 10_000;

    private static readonly ParserOptions Parser = new() { ExpressionDepthLimit = 64 };

    private readonly ConcurrentDictionary<(int Layer, string Path), TemplateFile?> _files = new();

    public int LayerCount => layers.Count;

    /// <summary>Null when the layer has no such file.</summary>
    public TemplateFile? Find(int layer, string path)
    {
        if (_files.TryGetValue((layer, path), out var known))
        {
            return known;
        }

        var file = Load(layer, path);
        if (_files.Count < MaxRememberedPaths)
        {
            _files[(layer, path)] = file;
        }

        return file;
    }

    public void Clear() => _files.Clear();

    private TemplateFile? Load(int index, string path)
    {
        var layer = layers[index];
        if (!layer.TryRead(path, out var bytes))
        {
            return null;
        }

        var isLast = index == layers.Count - 1;
        var (template, line, message) = Parse(path, bytes);
        if (template is not null)
        {
            return TemplateFile.Parsed(layer.Name, path, isLast, template);
        }

        var problem = new ThemeProblem(layer.Name, path, line, message);
        options.OnProblem?.Invoke(problem);
        return TemplateFile.Broken(problem, isLast);
    }

    private (Template? Template, int Line, string Message) Parse(string path, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > options.MaxTemplateCharacters)
        {
            return (null, 0, $"The file is longer than {options.MaxTemplateCharacters} characters.");
        }

        var text = Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF');
        if (NestingGuard.FindTooDeep(text) is { } tooDeepLine)
        {
            return (null, tooDeepLine, "The template is nested too deep, or one expression is too long.");
        }

        var template = Template.Parse(text, path, Parser);
        if (template.HasErrors)
        {
            var error = template.Messages.First(message => message.Type == ParserMessageType.Error);
            return (null, error.Span.Start.Line + 1, error.Message);
        }

        var forbidden = ForbiddenSyntax.Find(template);
        return forbidden is null ? (template, 0, string.Empty) : (null, forbidden.Value.Line, forbidden.Value.Message);
    }
}
