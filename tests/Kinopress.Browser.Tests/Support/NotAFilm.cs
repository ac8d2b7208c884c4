namespace Kinopress.Browser.Tests.Support;

/// <summary>A file with a film's name and nothing of one in it.</summary>
internal static class NotAFilm
{
    private static readonly Lazy<Task<string>> Made = new(async () =>
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("kinopress-browser-").FullName, "shopping-list.mp4");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("Milk, bread and a dozen eggs.\n", 400)));
        return path;
    });

    public static Task<string> MakeAsync() => Made.Value;
}
