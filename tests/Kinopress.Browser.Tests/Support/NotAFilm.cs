using Kinopress.Testing;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Files that cannot become videos.</summary>
internal static class NotAFilm
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("kinopress-browser-").FullName;

    /// <summary>Has the table of contents of a film and nothing behind it: looks fine at the door, fails when it is prepared.</summary>
    public static async Task<string> BrokenAsync()
    {
        var film = await File.ReadAllBytesAsync(await SampleFilms.ShortAsync());
        film.AsSpan(film.AsSpan().IndexOf("mdat"u8) + 4).Clear();
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(path, film);
        return path;
    }

    /// <summary>Words with a film's ending, refused at the door.</summary>
    public static async Task<string> ShoppingListAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, $"{Guid.NewGuid():N}")).FullName, "shopping-list.mp4");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("Milk, bread and a dozen eggs.\n", 400)));
        return path;
    }
}
