using Kinopress.Core.Features.Renditions;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// What each video plays, kept in memory: a viewer asks for a segment every few seconds, and the answer seldom changes.
/// Dropped by events and after a short while. Thread-safe.
/// </summary>
internal sealed class PlaybackManifests(IServiceScopeFactory scopes, HotParts hot, CacheEpoch epoch, TimeProvider clock)
{
    private static readonly SharedReadOptions Options = new(Capacity: 2000, TimeSpan.FromSeconds(30), EndsWithEpoch: false);

    private readonly SharedReads<PlaybackManifest?> _reads = new(publicId => ReadAsync(scopes, publicId), manifest => manifest is not null, Options, epoch, clock);

    /// <summary>Null when there is no such video.</summary>
    public ValueTask<PlaybackManifest?> GetAsync(string publicId, CancellationToken cancellationToken) => _reads.GetAsync(publicId, cancellationToken);

    public void Drop(string publicId)
    {
        _reads.Drop(publicId);
        hot.Drop(publicId);
    }

    private static async Task<PlaybackManifest?> ReadAsync(IServiceScopeFactory scopes, string publicId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RenditionQueries>().GetManifestAsync(publicId, CancellationToken.None);
    }
}
