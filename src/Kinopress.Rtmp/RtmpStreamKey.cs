namespace Kinopress.Rtmp;

/// <summary>Finds the stream key in what a person typed into an encoder.</summary>
public static class RtmpStreamKey
{
    /// <summary>
    /// The key stands last, whether it was typed into the field for the key, pasted behind the server's address, or both fields hold the whole
    /// address: the two are joined, queries are cut off, blanks and line ends are trimmed, percent signs are decoded, and the last part that is
    /// not empty is the key.
    /// </summary>
    /// <param name="app">The application of <c>connect</c>.</param>
    /// <param name="streamName">The name of <c>publish</c>.</param>
    /// <returns>Null when there is nothing.</returns>
    public static string? Find(string app, string streamName) => LastPart(SplitQuery(streamName).Path) ?? LastPart(SplitQuery(app).Path);

    /// <param name="text">A path, perhaps with a query behind a question mark.</param>
    internal static (string Path, string? Query) SplitQuery(string text) =>
        text.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..].Trim()) : (text, null);

    private static string? LastPart(string path)
    {
        // A slash may itself have been encoded.
        var decoded = Uri.UnescapeDataString(path);
        return decoded.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
    }
}
