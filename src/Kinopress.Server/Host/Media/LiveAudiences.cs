using Kinopress.Core.Features.Lives;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Who may watch each live, kept in memory: every viewer asks several times a second. Dropped by events and after a short
/// while. Thread-safe.
/// </summary>
internal sealed class LiveAudiences(IServiceScopeFactory scopes, CacheEpoch epoch, TimeProvider clock)
{
    private static readonly SharedReadOptions Options = new(Capacity: 2000, TimeSpan.FromSeconds(30), EndsWithEpoch: false);

    private readonly SharedReads<LiveMedia?> _reads = new(publicId => ReadAsync(scopes, publicId), live => live is not null, Options, epoch, clock);

    /// <summary>Null when there is no such live.</summary>
    public ValueTask<LiveMedia?> GetAsync(string publicId, CancellationToken cancellationToken) => _reads.GetAsync(publicId, cancellationToken);

    public void Drop(string publicId) => _reads.Drop(publicId);

    private static async Task<LiveMedia?> ReadAsync(IServiceScopeFactory scopes, string publicId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LiveQueries>().FindMediaAsync(publicId, CancellationToken.None);
    }
}
