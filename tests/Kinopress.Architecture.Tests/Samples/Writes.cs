using Microsoft.EntityFrameworkCore;

namespace Kinopress.Architecture.Tests.Samples;

/// <summary>A face that saves by itself instead of calling a use case.</summary>
internal static class WritingFace
{
    public static async Task SaveAsync(DbContext db) => await db.SaveChangesAsync();
}

/// <summary>Not an imperative, and with two ways to run.</summary>
internal sealed class VideoService
{
    public Task RunAsync(CancellationToken cancellationToken) => Task.FromCanceled(cancellationToken);

    public static void Publish()
    {
        // A second public method is what the sample is about.
    }
}

/// <summary>Shows an entity to the outside, inside a list.</summary>
internal sealed record LeakyResponse(IReadOnlyList<Kinopress.Core.Features.Videos.Video> Videos);

/// <summary>Reads a file where only the storage rooms may.</summary>
internal static class FileReader
{
    public static string Read(string path) => File.ReadAllText(path);
}
