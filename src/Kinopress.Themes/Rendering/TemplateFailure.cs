namespace Kinopress.Themes.Rendering;

/// <summary>One template file failed. Null file: a file that no layer has, which is the fault of whoever asked for it.</summary>
internal sealed class TemplateFailure(TemplateFile? file, int line, string message, bool isLimit, Exception? innerException = null)
    : Exception(message, innerException)
{
    public TemplateFile? File { get; } = file;

    public int Line { get; } = line;

    /// <summary>True when the file used more than it may, so that trying it again at once would only burn time.</summary>
    public bool IsLimit { get; } = isLimit;
}

/// <summary>A template used more than it may.</summary>
internal sealed class LimitException(string message) : Exception(message);

/// <summary>A function of ours was called in a way it cannot answer.</summary>
internal sealed class FunctionException(string message) : Exception(message);
