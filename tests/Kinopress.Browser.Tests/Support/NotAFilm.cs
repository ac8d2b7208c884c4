using Kinopress.Testing;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Files that cannot become videos.</summary>
internal static class NotAFilm
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("kinopress-browser-").FullName;

    /// <summary>A film that begins well and then is nothing: it looks fine at the door and fails when it is prepared.</summary>
    public static async Task<string> BrokenAsync()
    {
        const int FirstPictures = 100_000;
        var film = await File.ReadAllBytesAsync(await SampleFilms.MakeAsync("prores.mov", "-f lavfi -i testsrc2=size=320x240:rate=25 -t 4 -c:v prores_ks -an"));
        var start = film.AsSpan().IndexOf("mdat"u8) + FirstPictures;
        film.AsSpan(start, film.AsSpan().LastIndexOf("moov"u8) - 4 - start).Clear();
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.mov");
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
